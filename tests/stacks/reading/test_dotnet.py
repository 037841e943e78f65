""".NET: SDKs, references, central versions, locks and tools."""

from tests.stacks.reading.saying import told


def test_a_web_project_is_told_by_its_sdk_and_references() -> None:
    text = """\
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Npgsql" Version="8.0.3" />
    <PackageReference Include="Nerdbank.GitVersioning"><PrivateAssets>all</PrivateAssets></PackageReference>
    <PackageReference Update="Dapper" Version="2" />
    <ProjectReference Include="../Core/Core.csproj" />
    <!-- <PackageReference Include="NHibernate" /> -->
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
  </ItemGroup>
</Project>
"""
    assert told("dotnet", "src/Web/Web.csproj", text) == [
        "own pkg:nuget/Web in 1, declared",
        "tool aspnet-core in 1, declared",
        "purl pkg:nuget/Npgsql@8.0.3 in 4, declared",
        "purl pkg:nuget/Nerdbank.GitVersioning in 5, declared, development",
        "purl pkg:nuget/Microsoft.AspNetCore.App in 9, declared",
    ]


def test_all_of_a_project_of_tests_is_for_development() -> None:
    text = """\
<Project Sdk="MSTest.Sdk/3.6.0"><PropertyGroup><IsTestProject>true</IsTestProject></PropertyGroup>
<ItemGroup><PackageReference Include="Moq" /></ItemGroup></Project>
"""
    assert told("dotnet", "T.fsproj", text) == [
        "tool dotnet in 1, declared",
        "own pkg:nuget/T in 1, declared",
        "purl pkg:nuget/MSTest.Sdk@3.6.0 in 1, declared",
        "purl pkg:nuget/Moq in 2, declared, development",
    ]


def test_versions_managed_in_one_place_are_no_use() -> None:
    text = '<Project><ItemGroup><PackageVersion Include="Dapper" Version="2" /></ItemGroup></Project>'
    assert told("dotnet", "Directory.Packages.props", text) == []


def test_the_older_and_the_smaller_files() -> None:
    packages = (
        '<packages>\n<package id="jQuery" version="3" />\n<package id="T" developmentDependency="true" /></packages>'
    )
    lock = '{"dependencies": {"net8.0": {\n"A": {"type": "Direct", "resolved": "1"},\n"B": {"type": "Transitive"},'
    lock += '\n"C": {"type": "Project"}}}}'
    assert told("dotnet", "packages.config", packages) == [
        "purl pkg:nuget/jQuery@3 in 2, declared",
        "purl pkg:nuget/T in 3, declared, development",
    ]
    assert told("dotnet", "packages.lock.json", lock) == [
        "purl pkg:nuget/A@1 in 2, locked",
        "purl pkg:nuget/B in 3, locked, transitive",
    ]
    assert told("dotnet", "global.json", '{"msbuild-sdks": {"MSTest.Sdk": "3.6"}}') == [
        "purl pkg:nuget/MSTest.Sdk@3.6 in 1, declared, development"
    ]
    assert told("dotnet", ".config/dotnet-tools.json", '{"tools": {"dotnet-ef": {"version": "8"}}}') == [
        "purl pkg:nuget/dotnet-ef@8 in 1, declared, development"
    ]
    assert told("dotnet", "paket.dependencies", "source x\nnuget Dapper ~> 2\ngroup Test\n  nuget Expecto # x\n") == [
        "purl pkg:nuget/Dapper@~> 2 in 2, declared",
        "purl pkg:nuget/Expecto in 4, declared, development",
    ]


def test_entities_are_refused() -> None:
    text = '<!DOCTYPE x [<!ENTITY a "b">]><packages>&a;</packages>'
    assert told("dotnet", "packages.config", text) == ["It declares entities, which no manifest needs."]
