ThisBuild / scalaVersion := "2.13.14"

val sparkVersion = "3.5.1"

lazy val root = (project in file("."))
  .settings(
    name := "clickstream",
    libraryDependencies ++= Seq(
      "org.apache.spark" %% "spark-core" % sparkVersion % "provided",
      "org.apache.spark" %% "spark-sql" % sparkVersion % Provided,
      "org.apache.kafka" % "kafka-clients" % "3.7.0",
      "org.apache.hadoop" % "hadoop-client" % "3.4.0",
      // "org.apache.flink" % "flink-core" % "1.19.0",
      "org.scalatest" %% "scalatest" % "3.2.18" % Test
    ),
    libraryDependencies += "com.datastax.oss" % "java-driver-core" % "4.17.0"
  )
