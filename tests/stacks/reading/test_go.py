"""Go: modules that are required, replaced, used as tools or only locked."""

from tests.stacks.reading.saying import told

MOD = """\
module example.org/shop

go 1.23

require github.com/gin-gonic/gin v1.10.0
require (
\tgithub.com/jackc/pgx/v5 v5.6.0 // the pool too
\tgithub.com/go-chi/chi/v5 v5.0.12 // indirect
\t// github.com/labstack/echo/v4 v4.11.0
\tgithub.com/shop/shared v0.0.0
\tgithub.com/golangci/golangci-lint v1.60.0 // indirect
)
replace github.com/shop/shared => ../shared
replace github.com/gin-gonic/gin => github.com/fork/gin v1.0.0
exclude github.com/lib/pq v1.0.0
tool github.com/golangci/golangci-lint/cmd/golangci-lint
"""


def test_modules_are_required_directly_or_not_and_tools_are_for_development() -> None:
    assert told("go", "go.mod", MOD) == [
        "own pkg:golang/example.org/shop in 1, declared",
        "purl pkg:golang/github.com/gin-gonic/gin@v1.10.0 in 5, declared",
        "purl pkg:golang/github.com/jackc/pgx/v5@v5.6.0 in 7, declared",
        "purl pkg:golang/github.com/go-chi/chi/v5@v5.0.12 in 8, declared, transitive",
        "purl pkg:golang/github.com/golangci/golangci-lint@v1.60.0 in 11, declared, development",
    ]


def test_a_sum_tells_of_modules_whose_code_was_fetched() -> None:
    text = "a.org/x v1.0.0 h1:a=\na.org/x v1.0.0/go.mod h1:b=\na.org/y v2.0.0/go.mod h1:c=\nbroken\n"
    assert told("go", "go.sum", text) == ["purl pkg:golang/a.org/x@v1.0.0 in 1, locked, transitive"]


def test_what_people_write_by_hand_has_an_end() -> None:
    refused = ["It is longer than 200,000 characters, too long to be written by hand."]
    assert told("go", "go.mod", "// x\n" * 100_000) == refused
    assert told("ruby", "Gemfile", "# x\n" * 100_000) == refused
    assert told("functional", "x.cabal", "-- x\n" * 100_000)[-1:] == refused
