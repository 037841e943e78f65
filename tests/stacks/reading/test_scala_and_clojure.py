"""Scala and Clojure: modules, plugins, profiles and what is discarded."""

from tests.stacks.reading.saying import told


def test_sbt_tells_modules_with_their_scope() -> None:
    text = """\
lazy val root = (project in file(".")).enablePlugins(PlayScala)
libraryDependencies ++= Seq(
  "org.postgresql" % "postgresql" % "42.7.3",
  "org.apache.spark" %% "spark-core" % sparkVersion,
  // "com.typesafe.akka" %% "akka-actor" % "2.6",
  "org.scalatest" %% "scalatest" % "3.2" % Test
)
resolvers += "Sample" at "https://repo.example.org/a"
"""
    assert told("scala", "build.sbt", text) == [
        "tool play-framework in 1, declared",
        "purl pkg:maven/org.postgresql/postgresql@42.7.3 in 3, declared",
        "purl pkg:maven/org.apache.spark/spark-core in 4, declared",
        "purl pkg:maven/org.scalatest/scalatest@3.2 in 6, declared, development",
    ]


def test_plugins_of_a_build_are_for_development_unless_they_run() -> None:
    text = 'addSbtPlugin("org.scalameta" % "sbt-scalafmt" % "2.5")\n'
    text += 'addSbtPlugin("org.playframework" % "sbt-plugin" % "3")\n'
    assert told("scala", "project/plugins.sbt", text) == [
        "purl pkg:maven/org.scalameta/sbt-scalafmt@2.5 in 1, declared, development",
        "purl pkg:maven/org.playframework/sbt-plugin@3 in 2, declared",
    ]


def test_mill_tells_its_language_and_modules() -> None:
    text = 'object shop extends ScalaModule {\n  def ivyDeps = Agg(ivy"com.lihaoyi::cask:0.9.2", ivy"a.b:c:1")\n}\n'
    assert told("scala", "build.sc", text) == [
        "tool scala in 1, declared",
        "purl pkg:maven/com.lihaoyi/cask@0.9.2 in 2, declared",
        "purl pkg:maven/a.b/c@1 in 2, declared",
    ]


def test_deps_are_libraries_and_no_folders_or_discarded_forms() -> None:
    text = """\
{:deps {org.clojure/clojure {:mvn/version "1.11.3"}
        ring {:mvn/version "1.12" :exclusions [commons-io/commons-io]} ; web
        our/part {:local/root "../part"}
        #_old/thing #_{:mvn/version "1"}
        edge/lib {:git/sha "abc"}}
 :aliases {:test {:extra-deps {lambdaisland/kaocha {:mvn/version "1.9"}}}}}
"""
    assert told("clojure", "deps.edn", text) == [
        "purl pkg:maven/org.clojure/clojure in 1, declared",
        "purl pkg:maven/ring/ring in 2, declared",
        "purl pkg:maven/edge/lib in 5, declared",
        "purl pkg:maven/lambdaisland/kaocha in 6, declared, development",
    ]


def test_a_project_tells_vectors_profiles_and_plugins() -> None:
    text = """\
(defproject shop "0.1.0"
  :dependencies [[org.clojure/clojure "1.11"]
                 #_[old/thing "1.0"]
                 [ring "1.12" :exclusions [commons-io]]]
  :plugins [[lein-ring "0.12.6"]]
  :profiles {:dev {:dependencies ^:replace [[midje "1.10"]]}
             :uberjar {:dependencies [[fast/one "1"]]}})
"""
    assert told("clojure", "project.clj", text) == [
        "purl pkg:maven/org.clojure/clojure in 2, declared",
        "purl pkg:maven/ring/ring in 4, declared",
        "purl pkg:maven/lein-ring/lein-ring in 5, declared, development",
        "purl pkg:maven/midje/midje in 6, declared, development",
        "purl pkg:maven/fast/one in 7, declared",
    ]
