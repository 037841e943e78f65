import com.typesafe.sbt.packager.Keys.scriptClasspath

lazy val root = Project("chess", file("."))
  .enablePlugins(PlayScala)
  .dependsOn(api)
  .aggregate(api)
  .settings(buildSettings)

organization := "org.example"
Compile / resourceDirectory := baseDirectory.value / "conf"

lazy val modules = Seq(api)

lazy val api = module("api",
  Seq(),
  Seq(reactivemongo.driver) ++ tests.bundle
)
