"""The Java virtual machine: Maven, Gradle, and the builds of Scala and Clojure."""

from collections.abc import Mapping

from stacks.scanner.clues import Reader
from stacks.scanner.reading import clojure, gradle, maven, scala

READERS: Mapping[str, Reader] = {**maven.READERS, **gradle.READERS, **scala.READERS, **clojure.READERS}
