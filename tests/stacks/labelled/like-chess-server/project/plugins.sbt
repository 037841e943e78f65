resolvers += Resolver.url("maven", url("https://repo.example.org"))
addSbtPlugin("org.playframework" % "sbt-plugin" % "3.0.4")
addSbtPlugin("org.scalameta" % "sbt-scalafmt" % "2.5.2")
