plugins {
    application
    alias(libs.plugins.kotlin.jvm)
}

dependencies {
    implementation(libs.ktor.server.core)
    implementation(libs.flyway)
    implementation(libs.jedis)
    runtimeOnly(libs.postgresql)
    // implementation("com.mysql:mysql-connector-j:8.4.0")
    testImplementation(libs.junit.jupiter)
}
