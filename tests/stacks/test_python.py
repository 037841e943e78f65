"""What Python's manifests and lockfiles say."""

from stacks.scanner.reading.pyproject import read_pyproject
from stacks.scanner.reading.python import read_conda, read_constraints, read_ini, read_pipfile, read_requirements
from stacks.scanner.reading.python_code import read_nox, read_setup
from stacks.scanner.reading.python_locks import read_lock, read_pipenv
from tests.stacks.clues import said


def test_requirements_are_read_and_options_comments_and_folders_are_not() -> None:
    text = """# flask==1
Django>=4,<5  # web
-r base.txt
-e ./own
-e git+https://example.org/pallets/jinja.git@main#egg=Jinja2
git+ssh://git@example.org/psf/requests.git@v1
celery[redis]==5 ; python_version >= "3.8"
numpy @ https://example.org/numpy-1.0-cp39.whl
mock; python_version < "3"
https://example.org/pkgs/pandas-1.2.0.tar.gz
./local
Words that are no list
"""
    assert said(read_requirements, text, "requirements.txt") == [
        "2 pkg:pypi/django declared",
        "5 pkg:pypi/jinja2 declared",
        "6 pkg:pypi/requests declared",
        "7 pkg:pypi/celery declared",
        "7 pkg:pypi/celery[redis] configured",
        "8 pkg:pypi/numpy declared",
        "10 pkg:pypi/pandas declared",
    ]


def test_compiled_requirements_tell_what_only_others_need() -> None:
    text = """amqp==5.1.1 \\
    --hash=sha256:a
    # via kombu
celery==5.2 \\
    --hash=sha256:a
    # via
    #   -r requirements.in
    #   django-celery-beat
django==4.1  # via site (pyproject.toml)
"""
    assert said(read_requirements, text, "requirements-dev.txt") == [
        "0 file:requirements.txt configured",
        "1 pkg:pypi/amqp locked transitive development",
        "4 pkg:pypi/celery declared development",
        "9 pkg:pypi/django declared development",
    ]


def test_constraints_ask_for_nothing() -> None:
    assert said(read_constraints, "flask<3") == ["1 pkg:pypi/flask locked transitive"]


def test_a_pyproject_is_read_by_the_standard_and_by_its_tools() -> None:
    text = """[build-system]
requires = ["poetry-core>=1"]
[project]
name = "Acme.Site"
dependencies = ["Flask>=2", "acme-lib"]
[project.optional-dependencies]
dev = ["pytest"]
[dependency-groups]
lint = ["ruff", {include-group = "x"}]
[tool.poetry.dependencies]
python = "^3"
sqlalchemy = {version = "2"}
lib = {path = "../lib"}
[tool.poetry.group.dev.dependencies]
mypy = "1"
[tool.uv.sources]
acme-lib = {workspace = true}
"""
    assert said(read_pyproject, text) == [
        "4 own:pkg:pypi/acme-site declared",
        "2 pkg:pypi/poetry-core declared development",
        "5 pkg:pypi/flask declared",
        "7 pkg:pypi/pytest declared development",
        "9 pkg:pypi/ruff declared development",
        "12 pkg:pypi/sqlalchemy declared",
        "15 pkg:pypi/mypy declared development",
        "10 pkg:pypi/poetry configured development",
        "16 pkg:pypi/uv configured development",
    ]


def test_a_lock_of_poetry_tells_what_others_need() -> None:
    text = """[[package]]
name = "flask"
version = "2"

[package.dependencies]
Werkzeug = ">=2"

[[package]]
name = "werkzeug"
groups = ["dev"]

[metadata]
files = []
"""
    assert said(read_lock, text) == [
        "2 pkg:pypi/flask locked",
        "9 pkg:pypi/werkzeug locked transitive development",
    ]


def test_a_lock_of_uv_knows_what_the_project_asks_for() -> None:
    text = """[[package]]
name = "site"
source = { virtual = "." }
dependencies = [
    { name = "flask" },
]
[package.metadata]
requires-dist = [{ name = "other" }]
[[package]]
name = "flask"
source = { registry = "https://packages.example.org/simple" }
dependencies = [
    { name = "jinja2" },
]
[[package]]
name = "jinja2"
"""
    assert said(read_lock, text) == ["10 pkg:pypi/flask locked", "16 pkg:pypi/jinja2 locked transitive"]


def test_a_pipfile_and_its_lock_are_read() -> None:
    pipfile = '[packages]\nflask = "*"\nlib = {path = "."}\n[dev-packages]\npytest = "*"\n'
    lock = '{"default": {"flask": {"index": "pypi"},\n"werkzeug": {}}, "develop": {}}'
    assert said(read_pipfile, pipfile) == ["2 pkg:pypi/flask declared", "5 pkg:pypi/pytest declared development"]
    assert said(read_pipenv, lock) == ["1 pkg:pypi/flask locked", "2 pkg:pypi/werkzeug locked transitive"]


def test_a_setup_script_is_parsed_and_never_run() -> None:
    text = """raise SystemExit
REQUIRED = ["flask>=1",
  "redis"]
setup(name="x", install_requires=REQUIRED + ["django"], extras_require={"dev": ["pytest"]}, **more)
"""
    assert said(read_setup, text) == [
        "4 own:pkg:pypi/x declared",
        "2 pkg:pypi/flask declared",
        "3 pkg:pypi/redis declared",
        "4 pkg:pypi/django declared",
        "4 pkg:pypi/pytest declared development",
    ]


def test_sessions_of_nox_install_for_development() -> None:
    text = 'session.install("-r", "more.txt", "pytest")'
    assert said(read_nox, text) == ["1 pkg:pypi/pytest declared development"]


def test_a_setup_cfg_lists_and_configures() -> None:
    text = """[metadata]
name = acme
[options]
install_requires =
    flask>=1
    # redis
[options.extras_require]
dev = pytest
[flake8]
max = 1
"""
    assert said(read_ini, text) == [
        "2 own:pkg:pypi/acme declared",
        "5 pkg:pypi/flask declared",
        "8 pkg:pypi/pytest declared development",
        "9 pkg:pypi/flake8 configured development",
    ]


def test_an_environment_of_conda_lists_its_own_packages_and_those_of_pip() -> None:
    text = "dependencies:\n  - python=3.9\n  - conda-forge::numpy>=1\n  - pip:\n    - flask==2\n    - -r x.txt\n"
    assert said(read_conda, text) == [
        "0 file:environment.yml configured",
        "2 pkg:conda/python declared",
        "3 pkg:conda/numpy declared",
        "5 pkg:pypi/flask declared",
    ]
