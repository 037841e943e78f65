"""Gradle: plugins and dependencies in all notations, catalogues and locks."""

from tests.stacks.reading.saying import told

GROOVY = """\
buildscript {
    dependencies { classpath 'com.android.tools.build:gradle:8.4.0' }
}
plugins {
    id 'org.springframework.boot' version '3.3.1' apply false
    id 'checkstyle'
}
apply plugin: 'kotlin-android'
apply from: 'shared.gradle'
dependencies {
    implementation project(':core')
    implementation 'org.mybatis:mybatis:3.5.16', "a.b:c:$version"
    implementation group: 'org.liquibase',
        name: 'liquibase-core', version: '4.28.0'
    implementation("$group:computed:1")
    api(platform('io.micronaut:bom:4')) { exclude group: 'x', module: 'y' }
    /* implementation 'org.postgresql:postgresql:42.7.3'
       // */
    // runtimeOnly 'redis.clients:jedis:5'
    runtimeOnly("com.h2database:h2") {
        exclude group: 'q', module: 'r'
        because 'see https://example.org:80/a'
    }
    constraints { implementation 'org.apache.kafka:kafka-clients:3.7.0' }
    implementation files('libs/a:b.jar')
    annotationProcessor 'org.mapstruct:mapstruct-processor:1.5'
    testImplementation 'junit:junit:4.13'
}
dependencyManagement {
    imports { mavenBom 'org.springframework.cloud:spring-cloud-dependencies:2023' }
    dependencies { dependency 'managed:only:1' }
}
"""
KOTLIN = """\
plugins {
    `java-library`
    kotlin("jvm") version "2.0.0"
    alias(libs.plugins.kotlin.serialization)
    id("io.ktor.plugin") version "2.3.12"
}
kotlin {
    sourceSets {
        val commonTest by getting { dependencies { implementation(kotlin("test")) } }
        commonMain.dependencies { implementation("io.ktor:ktor-client-core:2.3.12") }
    }
}
android { buildFeatures { compose = true } }
dependencies {
    add("ksp", "androidx.room:room-compiler:2.6")
    implementation(libs.spring.web)
}
"""


def test_a_groovy_script_tells_what_it_asks_for_in_every_notation() -> None:
    assert told("gradle", "app/build.gradle", GROOVY) == [
        "purl pkg:maven/com.android.tools.build/gradle@8.4.0 in 2, declared, development",
        "purl pkg:maven/org.springframework.boot/org.springframework.boot.gradle.plugin@3.3.1 in 5, declared",
        "tool checkstyle in 6, declared, development",
        "tool kotlin in 8, declared",
        "purl pkg:maven/org.mybatis/mybatis@3.5.16 in 12, declared",
        "purl pkg:maven/a.b/c@$version in 12, declared",
        "purl pkg:maven/org.liquibase/liquibase-core in 13, declared",
        "purl pkg:maven/io.micronaut/bom@4 in 16, declared",
        "purl pkg:maven/com.h2database/h2 in 20, declared",
        "purl pkg:maven/org.mapstruct/mapstruct-processor@1.5 in 26, declared, development",
        "purl pkg:maven/junit/junit@4.13 in 27, declared, development",
        "purl pkg:maven/org.springframework.cloud/spring-cloud-dependencies@2023 in 30, configured",
    ]


def test_a_kotlin_script_tells_its_languages_and_source_sets() -> None:
    assert told("gradle", "build.gradle.kts", KOTLIN) == [
        "tool java in 2, declared",
        "purl pkg:maven/org.jetbrains.kotlin.jvm/org.jetbrains.kotlin.jvm.gradle.plugin in 3, declared",
        "tool kotlin in 4, declared",
        "purl pkg:maven/io.ktor.plugin/io.ktor.plugin.gradle.plugin@2.3.12 in 5, declared",
        "purl pkg:maven/org.jetbrains.kotlin/kotlin-test in 9, declared, development",
        "purl pkg:maven/io.ktor/ktor-client-core@2.3.12 in 10, declared",
        "tool jetpack-compose in 13, configured",
        "purl pkg:maven/androidx.room/room-compiler@2.6 in 15, declared, development",
    ]


def test_an_application_is_of_java_where_no_other_language_is_named() -> None:
    assert told("gradle", "build.gradle.kts", "plugins { application }\n") == ["tool java in 1, declared"]
    assert told("gradle", "build.gradle.kts", "plugins { application; kotlin }\n") == ["tool kotlin in 1, declared"]


def test_plugins_given_versions_for_others_are_no_use() -> None:
    text = 'pluginManagement { plugins { id("io.quarkus") version "3" } }\nrootProject.name = "shop"\n'
    assert told("gradle", "settings.gradle.kts", text) == []


def test_a_catalogue_tells_libraries_and_plugins() -> None:
    text = """\
[versions]
boot = "3.3"
[libraries]
web = { module = "org.springframework.boot:spring-boot-starter-web", version.ref = "boot" }
jdbc = { group = "org.postgresql", name = "postgresql" }
gin = "com.google.inject:guice:7"
[plugins]
quarkus = { id = "io.quarkus", version = "3" }
"""
    assert told("gradle", "gradle/libs.versions.toml", text) == [
        "purl pkg:maven/org.springframework.boot/spring-boot-starter-web in 4, declared",
        "purl pkg:maven/org.postgresql/postgresql in 5, declared",
        "purl pkg:maven/com.google.inject/guice@7 in 6, declared",
        "purl pkg:maven/io.quarkus/io.quarkus.gradle.plugin in 8, declared",
    ]


def test_a_lock_knows_what_only_tests_need() -> None:
    text = "# comment\na:b:1=compileClasspath,testCompileClasspath\nc:d:2=testRuntimeClasspath\nempty=\n"
    assert told("gradle", "gradle.lockfile", text) == [
        "purl pkg:maven/a/b@1 in 2, locked, transitive",
        "purl pkg:maven/c/d@2 in 3, locked, transitive, development",
    ]


def test_blocks_nested_without_end_are_refused() -> None:
    assert told("gradle", "build.gradle", "a {" * 100) == ["Its blocks are nested too deeply."]
