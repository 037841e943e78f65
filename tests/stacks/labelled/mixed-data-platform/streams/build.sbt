name := "streams"
scalaVersion := "2.12.19"
libraryDependencies ++= Seq(
  "org.apache.flink" % "flink-core" % "1.19.1",
  "org.apache.kafka" % "kafka-clients" % "3.7.0"
)
