"""Maven: parents, scopes, properties, managed versions, profiles and plugins."""

from tests.stacks.reading.saying import told

POM = """\
<project>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.3.1</version>
    <relativePath/>
  </parent>
  <groupId>org.acme</groupId>
  <artifactId>shop</artifactId>
  <properties><bom>quarkus-bom</bom><v>42.7</v></properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>com.mysql</groupId><artifactId>mysql-connector-j</artifactId></dependency>
    <dependency><groupId>io.quarkus</groupId><artifactId>${bom}</artifactId><scope>import</scope></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>${v}</version></dependency>
    <dependency><groupId>${project.groupId}</groupId><artifactId>core</artifactId></dependency>
    <dependency><groupId>org.acme</groupId><artifactId>web</artifactId></dependency>
    <!-- <dependency><groupId>a</groupId><artifactId>commented</artifactId></dependency> -->
    <dependency><groupId>${elsewhere}</groupId><artifactId>unknown</artifactId></dependency>
    <dependency>
      <groupId>junit</groupId>
      <artifactId>junit</artifactId>
      <scope>test</scope>
      <exclusions><exclusion><groupId>b</groupId><artifactId>excluded</artifactId></exclusion></exclusions>
    </dependency>
  </dependencies>
  <profiles><profile><dependencies>
    <dependency><groupId>com.h2database</groupId><artifactId>h2</artifactId></dependency>
  </dependencies></profile></profiles>
  <build>
    <pluginManagement><plugins><plugin><artifactId>managed</artifactId></plugin></plugins></pluginManagement>
    <plugins>
      <plugin>
        <artifactId>maven-checkstyle-plugin</artifactId>
        <dependencies><dependency><groupId>c</groupId><artifactId>d</artifactId></dependency></dependencies>
      </plugin>
    </plugins>
  </build>
</project>
"""


def test_a_pom_tells_what_is_used_and_not_what_is_managed_or_its_own() -> None:
    assert told("maven", "pom.xml", POM) == [
        "own pkg:maven/org.acme/shop in 9, declared",
        "purl pkg:maven/org.springframework.boot/spring-boot-starter-parent@3.3.1 in 4, declared",
        "purl pkg:maven/org.postgresql/postgresql@42.7 in 16, declared",
        "purl pkg:maven/junit/junit in 23, declared, development",
        "purl pkg:maven/io.quarkus/quarkus-bom in 13, configured",
        "purl pkg:maven/org.apache.maven.plugins/maven-checkstyle-plugin in 35, declared, development",
        "purl pkg:maven/c/d in 36, declared, development",
        "purl pkg:maven/com.h2database/h2 in 29, declared",
    ]


def test_a_module_that_inherits_the_frameworks_group_is_not_its_own_framework() -> None:
    text = """\
<project><parent><groupId>io.ktor</groupId><artifactId>p</artifactId></parent><artifactId>a</artifactId>
<dependencies>
<dependency><groupId>io.ktor</groupId><artifactId>core</artifactId></dependency>
<dependency><groupId>io.ktor</groupId><artifactId>ours</artifactId><version>${project.version}</version></dependency>
</dependencies></project>
"""
    assert told("maven", "pom.xml", text)[2:] == ["purl pkg:maven/io.ktor/core in 3, declared"]


def test_properties_that_multiply_stop_growing() -> None:
    properties = "".join(f"<p{n}>{'${p' + str(n + 1) + '}'}{'${p' + str(n + 1) + '}'}</p{n}>" for n in range(60))
    text = (
        f"<project><properties>{properties}</properties><dependencies><dependency>"
        "<groupId>${p0}</groupId><artifactId>a</artifactId></dependency></dependencies></project>"
    )
    assert told("maven", "pom.xml", text) == []
