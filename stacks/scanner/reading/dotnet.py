""".NET: projects and their properties, packages.config, locks, global.json, local tools and Paket."""

from collections.abc import Iterator, Mapping

from stacks.scanner.clues import Certainty, Clue, Manifest, Reader
from stacks.scanner.lexing import written_by_hand
from stacks.scanner.packages import locked, mapping, own, package, tool
from stacks.scanner.parsing import Element, Lines, read_json_object, read_xml

SDKS = {
    "Microsoft.NET.Sdk.Web": "aspnet-core",
    "Microsoft.NET.Sdk.Razor": "aspnet-core",
    "Microsoft.NET.Sdk.BlazorWebAssembly": "aspnet-core",
}
"""What a project is built with that is a tool of the catalogue."""
TESTS = ("Microsoft.NET.Test.Sdk", "xunit", "NUnit", "MSTest", "TUnit")
"""Beginnings of packages that only projects of tests refer to."""
PROPERTIES = {"UseMaui": "maui", "IsAspireHost": "dotnet-aspire"}
"""Properties that are true where a tool is used."""
REFERENCES = frozenset(("PackageReference", "GlobalPackageReference", "FrameworkReference", "DotNetCliToolReference"))
ALWAYS_BUILDING = frozenset(("GlobalPackageReference", "DotNetCliToolReference"))


def read_project(manifest: Manifest) -> Iterator[Clue]:
    """Yield SDKs, packages and frameworks of a project or of properties that several projects share.

    Versions managed in one place (`PackageVersion`) are no use: the projects that ask for the package are.
    """
    root = read_xml(manifest.text)
    if not manifest.name.endswith((".csproj", ".props", ".targets")):
        yield tool("dotnet", root.line)
    yield from own("nuget", next((found.text for found in root.every("PackageId")), _stem(manifest)), root.line)
    yield from _sdks(root)
    elements = [element for group in root.children for element in (group, *group.children)]
    for element in elements:
        if element.tag in PROPERTIES and element.text.lower() == "true":
            yield tool(PROPERTIES[element.tag], element.line, certainty=Certainty.CONFIGURED)
    references = [element for element in elements if element.tag in REFERENCES and element.attributes.get("Include")]
    tests = any(_is_of_tests(element) for element in (*references, *elements))
    for element in references:
        yield from _reference(element, development=tests)


def _stem(manifest: Manifest) -> str:
    """The package that a project makes unless it says another name; properties shared by projects make none."""
    return manifest.name.rpartition(".")[0] if manifest.name.endswith("proj") else ""


def _is_of_tests(element: Element) -> bool:
    if element.tag == "IsTestProject":
        return element.text.lower() == "true"
    return element.tag == "PackageReference" and element.attributes.get("Include", "").startswith(TESTS)


def _sdks(root: Element) -> Iterator[Clue]:
    written = [(name, root.line) for name in root.attributes.get("Sdk", "").split(";")]
    written += [(element.attributes.get("Name", ""), element.line) for element in root.all("Sdk")]
    for name, line in written:
        name, _, version = name.strip().partition("/")
        if name in SDKS:
            yield tool(SDKS[name], line)
        elif not name.startswith("Microsoft.NET.Sdk"):
            yield from package("nuget", name, line, version=version)


def _reference(element: Element, *, development: bool) -> Iterator[Clue]:
    private = element.attributes.get("PrivateAssets", "") or element.word("PrivateAssets")
    version = element.attributes.get("Version", "") or element.word("Version")
    for name in element.attributes["Include"].split(";"):
        yield from package(
            "nuget",
            name.strip(),
            element.line,
            development=development or element.tag in ALWAYS_BUILDING or private.lower() == "all",
            version=version,
        )


def read_packages(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages of a packages.config."""
    for element in read_xml(manifest.text).all("package"):
        yield from package(
            "nuget",
            element.attributes.get("id", ""),
            element.line,
            development=element.attributes.get("developmentDependency", "").lower() == "true",
            version=element.attributes.get("version", ""),
        )


def read_lock(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages that a packages.lock.json pins, once each; direct are those it calls so."""
    lines = Lines(manifest.text)
    seen = set()
    for packages in mapping(read_json_object(manifest.text).get("dependencies")).values():
        for name, details in mapping(packages).items():
            kind = str(mapping(details).get("type", ""))
            if name not in seen and kind.lower() != "project":
                seen.add(name)
                version = str(mapping(details).get("resolved", ""))
                yield from locked("nuget", name, lines.key(name), direct=kind == "Direct", version=version)


def read_global(manifest: Manifest) -> Iterator[Clue]:
    """Yield the SDKs that a global.json gives versions to."""
    lines = Lines(manifest.text)
    for name, version in mapping(read_json_object(manifest.text).get("msbuild-sdks")).items():
        yield from package("nuget", name, lines.key(name), development=True, version=str(version))


def read_tools(manifest: Manifest) -> Iterator[Clue]:
    """Yield the command-line tools of a dotnet-tools.json."""
    lines = Lines(manifest.text)
    for name, details in mapping(read_json_object(manifest.text).get("tools")).items():
        version = str(mapping(details).get("version", ""))
        yield from package("nuget", name, lines.key(name), development=True, version=version)


def read_paket(manifest: Manifest) -> Iterator[Clue]:
    """Yield the packages of a paket.dependencies, for development where their group is of tests or builds."""
    development = False
    for number, line in enumerate(written_by_hand(manifest.text).split("\n"), 1):
        words = line.partition("#")[0].partition("//")[0].split()
        if words[:1] == ["group"]:
            development = words[-1].lower() in {"test", "tests", "build", "docs", "analyzers", "formatting"}
        elif words[:1] == ["nuget"] and len(words) > 1:
            yield from package("nuget", words[1], number, development=development, version=" ".join(words[2:4]))


READERS: Mapping[str, Reader] = {
    **dict.fromkeys(("*.csproj", "*.fsproj", "*.vbproj", "*.sqlproj"), read_project),
    **dict.fromkeys(("Directory.*.props", "Directory.*.targets", "Packages.props"), read_project),
    "packages.config": read_packages,
    "packages.lock.json": read_lock,
    "global.json": read_global,
    "dotnet-tools.json": read_tools,
    "paket.dependencies": read_paket,
}
