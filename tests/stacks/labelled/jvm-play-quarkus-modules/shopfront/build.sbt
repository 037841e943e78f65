name := "shopfront"
lazy val root = (project in file(".")).enablePlugins(PlayScala)
scalaVersion := "3.4.2"
libraryDependencies += guice
libraryDependencies += "org.postgresql" % "postgresql" % "42.7.3"
