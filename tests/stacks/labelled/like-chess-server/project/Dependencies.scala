import sbt.*, Keys.*

object Dependencies {
  val lettuce = "io.lettuce" % "lettuce-core" % "6.4.0.RELEASE"
  object reactivemongo {
    val driver = "org.reactivemongo" %% "reactivemongo" % "1.1.0"
  }
  object tests {
    val munit = "org.scalameta" %% "munit" % "1.0.0" % Test
    val bundle = Seq(munit)
  }
}
