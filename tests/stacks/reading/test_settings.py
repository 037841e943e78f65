"""Settings of programs and platforms: addresses, adapters, add-ons, versions."""

import pytest

from tests.stacks.reading.saying import told

ENVIRONMENT = """\
# DATABASE_URL=mysql://root@localhost/app
export DATABASE_URL="postgres://app:secret@localhost/app"
REDIS_HOST=127.0.0.1
CACHE=rediss://cache:6379/0
NEXT_PUBLIC_SENTRY_DSN=
DB_CONNECTION=mysql
SESSION_DRIVER=file
QUEUE_CONNECTION=sqs
AWS_ACCESS_KEY_ID=
just text
"""


def tools(module: str, path: str, text: str) -> list[str]:
    """The tools alone."""
    return [line.split()[1] for line in told(module, path, text)]


def test_examples_of_environments() -> None:
    assert told("settings", "web/.env.example", ENVIRONMENT) == [
        "tool postgresql in 2, configured",
        "tool redis in 4, configured",
        "tool sentry in 5, configured",
        "tool mysql in 6, configured",
        "tool amazon-sqs in 8, configured",
    ]


def test_the_real_environment_is_never_read() -> None:
    assert told("settings", ".env", ENVIRONMENT) == told("settings", ".env.local", ENVIRONMENT) == []


@pytest.mark.parametrize(
    ("address", "tool"),
    [
        ("postgresql+asyncpg://u:p@h/d", ["postgresql"]),
        ("jdbc:postgresql://h/d", ["postgresql"]),
        ("r2dbc:pool:mysql://h/d", ["mysql"]),
        ("mysql://u@mariadb/d", ["mariadb"]),
        ("redis://valkey:6379", ["valkey"]),
        ("mongodb+srv://u@c.mongodb.net", ["mongodb"]),
        ("sqlite:///db.sqlite3", ["sqlite"]),
        ("jdbc:oracle:thin:@h:1521", ["oracle-database"]),
        ("https://k@o1.ingest.sentry.io/2", ["sentry"]),
        ("https://example.com/redis", []),
        ("driver://user:pass@localhost/db", []),
        ("://", []),
    ],
)
def test_addresses(address: str, tool: list[str]) -> None:
    assert tools("settings", ".env.sample", f"X={address}\n") == tool


def test_prisma_names_its_database_and_not_its_generators() -> None:
    text = 'generator client {\n  provider = "mysql"\n}\ndatasource db {\n  provider = "postgresql"\n}\n'
    assert told("databases", "prisma/schema.prisma", text) == ["tool postgresql in 5, configured"]


def test_rails() -> None:
    text = "default: &default\n  adapter: mysql2\n  # adapter: sqlite3\n  pool: <%= ENV['X'] %>\n"
    assert told("databases", "config/database.yml", text) == ["tool mysql in 2, configured"]


def test_django() -> None:
    text = (
        "from django.x import y\nDATABASES = {\n    'default': {\n        'ENGINE': 'django.db.backends.postgresql',\n"
        "        # 'ENGINE': 'django.db.backends.mysql',\n    }\n}\nBROKER = 'redis://localhost'\n"
    )
    assert told("databases", "app/settings.py", text) == [
        "tool postgresql in 4, configured",
        "tool redis in 8, configured",
    ]
    assert told("databases", "other/settings.py", text.replace("django", "pony")) == []


def test_configuration_written_as_a_program() -> None:
    text = "module.exports = {\n  client: 'pg',\n  // client: 'mysql',\n}\n"
    for path in ("knexfile.js", "drizzle.config.ts", "ormconfig.json"):
        assert told("databases", path, text) == ["tool postgresql in 2, configured"]


def test_spring() -> None:
    properties = (
        "spring.datasource.url=jdbc:mysql://h/d\n#spring.kafka.bootstrap-servers=x\nspring.data.redis.host=h\n"
        "spring.flyway.enabled=false\nspring.application.name=kafka\n"
    )
    yaml = "spring:\n  datasource: {url: 'jdbc:postgresql://h/d'}\n  kafka:\n    bootstrap-servers: x\n"
    assert told("databases", "src/main/resources/application.properties", properties) == [
        "tool mysql in 1, configured",
        "tool redis in 3, configured",
    ]
    assert told("databases", "application-prod.yml", yaml) == [
        "tool postgresql in 2, configured",
        "tool kafka in 4, configured",
    ]


def test_placeholders_of_maven_do_not_hide_addresses() -> None:
    said = told("databases", "application.yml", "version: @project.version@\nurl: jdbc:mariadb://h/d\n")
    assert said[0] == "tool mariadb in 2, configured"
    assert said[1].startswith("It is not YAML")


def test_alembic() -> None:
    assert tools("databases", "alembic.ini", "[alembic]\n# x\nsqlalchemy.url = postgresql://u@h/d\n") == ["postgresql"]
    assert tools("databases", "alembic.ini", "sqlalchemy.url = driver://u@h/d\n") == []


def test_heroku() -> None:
    app = (
        '{\n"addons": ["heroku-postgresql:mini", {"plan": "heroku-redis"}],\n'
        '"buildpacks": [{"url": "heroku/nodejs"}]\n}'
    )
    heroku = "setup:\n  addons:\n    - plan: cloudamqp\nrun:\n  web: uvicorn app\n"
    assert told("platforms", "app.json", app) == [
        "tool postgresql in 2, configured",
        "tool redis in 2, configured",
        "tool nodejs in 3, configured",
    ]
    assert told("platforms", "heroku.yml", heroku) == [
        "tool heroku in 0, configured",
        "tool rabbitmq in 3, configured",
        "tool uvicorn in 5, configured",
    ]
    assert told("platforms", "Procfile", "# x\nweb: bundle exec puma\nworker: celery -A app\n") == [
        "tool bundler in 2, configured",
        "tool puma in 2, configured",
        "tool celery in 3, configured",
    ]


def test_other_platforms() -> None:
    fly = 'app = "x"\n[build]\nimage = "nginx:1"\n[processes]\nweb = "gunicorn app"\n'
    netlify = '[build]\ncommand = "hugo --minify"\n[[plugins]]\npackage = "@netlify/plugin-nextjs"\n'
    render = "databases:\n  - name: db\nservices:\n  - type: web\n    runtime: python\n    startCommand: daphne app\n"
    assert told("platforms", "fly.toml", fly) == ["docker nginx@1 in 3, declared", "tool gunicorn in 5, configured"]
    assert told("platforms", "netlify.toml", netlify) == [
        "tool hugo in 2, configured, development",
        "purl pkg:npm/%40netlify/plugin-nextjs in 4, configured, development",
    ]
    assert told("platforms", "vercel.json", '{\n"framework": "nextjs"}') == ["tool nextjs in 2, configured"]
    assert told("platforms", "render.yaml", render) == [
        "tool postgresql in 2, configured",
        "tool python in 5, configured",
        "tool daphne in 6, configured",
    ]
    assert told("platforms", "railway.json", '{"deploy": {"startCommand": "node x && gunicorn a"}}') == [
        "tool gunicorn in 1, configured"
    ]


def test_development_containers() -> None:
    text = (
        '{\n  // a comment\n  "image": "mcr.microsoft.com/devcontainers/python:3",\n'
        '  "features": {\n    "ghcr.io/devcontainers/features/node:1": {},\n  }\n}\n'
    )
    assert told("platforms", ".devcontainer/devcontainer.json", text) == [
        "docker mcr.microsoft.com/devcontainers/python@3 in 3, declared, development",
        "tool python in 3, configured, development",
        "tool nodejs in 5, configured, development",
    ]


def test_machines() -> None:
    assert tools("machines", ".tool-versions", "# x\nnodejs 20.1\ngolang 1.22\nunheard 1\npostgres 16\n") == [
        "nodejs",
        "go",
        "postgresql",
    ]
    assert tools("machines", "mise.toml", '[tools]\npython = "3.13"\n"npm:prettier" = "3"\n') == [
        "python",
        "pkg:npm/prettier",
    ]
    assert tools("machines", "Brewfile", 'brew "postgresql@16"\n# brew "mysql"\ncask "docker"\ntap "x/y"\n') == [
        "postgresql",
        "docker",
    ]
    nix = "{ pkgs }: {\n  a = pkgs.nodejs_20; # pkgs.mysql\n  b = with pkgs; [ go terraform hello ];\n}\n"
    assert tools("machines", "flake.nix", nix) == ["nodejs", "go", "terraform"]
    assert tools("machines", "Vagrantfile", 'config.vm.provision "ansible" do |x|\n# .provision "chef"\n') == [
        "ansible"
    ]


def test_ansible() -> None:
    play = (
        "- hosts: all\n  tasks:\n    - apt: {name: [nginx, curl]}\n    - community.postgresql.postgresql_db: {x: y}\n"
    )
    galaxy = "collections:\n  - community.docker\nroles:\n  - name: geerlingguy.redis\n  - src: other.mysql\n"
    assert told("machines", "site.yml", play) == [
        "tool ansible in 1, configured",
        "tool nginx in 3, configured",
        "tool postgresql in 4, configured",
    ]
    assert told("machines", "requirements.yml", galaxy)[-3:] == [
        "tool ansible in 0, configured",
        "tool docker in 2, declared",
        "tool redis in 4, declared",
    ]
    assert told("machines", "x.yml", "hosts: {roles: [x]}\n") == []
