"""Whose a folder is: the project's own, other people's, or one that only shows or tries something."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FOREIGN = _words(
    """
    node_modules bower_components jspm_packages web_modules vendor vendored _vendor third_party third-party thirdparty
    3rdparty externals site-packages dist-packages venv virtualenv Pods Carthage elm-stuff go-build wheelhouse
    dist build target out _build _site DerivedData obj cdk.out storybook-static dist-newstyle htmlcov coverage
    bazel-bin bazel-out bazel-testlogs __pycache__ __pypackages__ jspm_modules
    """
)
"""Folders of other people's code, and of what programs made."""

HIDDEN = _words(
    """
    .git .hg .svn .bzr .jj .venv .env .tox .nox .eggs .direnv .bundle .gradle .cache .parcel-cache .next .nuxt .output
    .svelte-kit .astro .docusaurus .vercel .netlify .serverless .aws-sam .dart_tool .pub-cache .stack-work
    .pnpm-store .pnpm .yarn .pnp .npm .cargo-cache .mypy_cache .pytest_cache .ruff_cache .ipynb_checkpoints .terraform
    .terragrunt-cache .angular .turbo .nx .expo .tmp .history .vs .swiftpm .metals .bloop .rush .hypothesis
    """
)

BESIDE = {"deps": "mix.exs", ".build": "Package.swift"}
"""Folders that only one ecosystem fills with foreign code, and what stands next to them there."""

STAGED = _words(
    """
    example examples sample samples demo demos fixture fixtures __fixtures__ _fixtures testfixtures test-fixtures
    test_fixtures testdata test-data test_data __testdata__ __mocks__ __snapshots__ snapshots goldens golden
    playground playgrounds tutorial tutorials boilerplate boilerplates
    """
)
"""Folders of what only shows or tries something: nobody uses a tool because a sample names it."""

TESTS = _words(
    """
    test tests __tests__ spec specs e2e testing integration-tests integration_tests functional-tests unittests
    cypress benchmark benchmarks bench benches perf
    """
)
"""Folders whose manifests speak of development."""

DATA_OF_TESTS = frozenset(("data", "resources", "dummy", "assets", "cases", "projects", "apps", "inputs", "files"))
"""Folders that hold what tests are fed with, if they stand in one of those."""

SCAFFOLDS = frozenset(("template", "templates", "skeleton", "scaffold", "scaffolds", "blueprints", "cookiecutter"))
"""Folders of files from which others are made; they show the languages written in, and no tools used."""


def foreign(path: str, beside: set[str] | frozenset[str] = frozenset()) -> bool:
    """Whether a folder is not this project's own: vendored, made by a program, a sample or test data.

    `beside` are the names that stand next to it.
    """
    parent, _, name = path.rpartition("/")
    if name in FOREIGN or name in HIDDEN or name.endswith((".egg-info", ".dist-info", ".xcodeproj", ".xcassets")):
        return True
    if name in BESIDE:
        return BESIDE[name] in beside
    lowered = name.lower()
    if lowered in STAGED:
        return True
    return lowered in DATA_OF_TESTS and not TESTS.isdisjoint(parent.lower().split("/"))


def foreign_file(path: str) -> bool:
    """Whether a file stands in a folder that a walk would not have entered."""
    folder = path.rpartition("/")[0]
    while folder:
        if foreign(folder):
            return True
        folder = folder.rpartition("/")[0]
    return False


def for_development(path: str) -> bool:
    """Whether all that a manifest here says is about development."""
    return not TESTS.isdisjoint(path.lower().split("/")[:-1])


def scaffold(path: str) -> bool:
    """Whether a file stands in a folder of templates, Helm's apart."""
    folders = path.lower().split("/")[:-1]
    return any(folder in SCAFFOLDS or folder.startswith(("template-", "{{cookiecutter")) for folder in folders)
