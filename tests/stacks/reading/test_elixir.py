"""The BEAM: dependencies of mix, rebar and gleam."""

from tests.stacks.reading.saying import told

MIX = """\
defmodule Shop.MixProject do
  def project do
    [app: :shop, deps: deps(), aliases: aliases(), extra: {:not_one, "1.0"}]
  end

  defp deps do
    [
      {:phoenix, "~> 1.7"},
      # {:myxql, "~> 0.6"},
      {:postgrex, ">= 0.0.0"},
      {:credo, "~> 1.7", only: [:dev, :test], runtime: false},
      {:floki, ">= 0.30.0", only: :test},
      {:api, in_umbrella: true},
      {:here, path: "../here"},
      {:renamed, "~> 2.0", hex: :tesla},
      {:edge, github: "edge/edge"},
      {:both, "1.0",
       only: [:dev, :prod]}
    ]
  end

  defp aliases do
    [setup: {:oban, "1.0"}]
  end
end
"""


def test_a_mixfile_tells_dependencies_and_no_other_tuples() -> None:
    assert told("elixir", "mix.exs", MIX) == [
        "purl pkg:hex/phoenix@~> 1.7 in 8, declared",
        "purl pkg:hex/postgrex@>= 0.0.0 in 10, declared",
        "purl pkg:hex/credo@~> 1.7 in 11, declared, development",
        "purl pkg:hex/floki@>= 0.30.0 in 12, declared, development",
        "purl pkg:hex/tesla@~> 2.0 in 15, declared",
        "purl pkg:hex/edge in 16, declared",
        "purl pkg:hex/both@1.0 in 17, declared",
    ]


def test_dependencies_may_be_listed_within_the_project() -> None:
    text = 'def project do\n  [deps: [{:plug, "1.0"}], other: [{:no, "1.0"}]]\nend\n'
    assert told("elixir", "mix.exs", text) == ["purl pkg:hex/plug@1.0 in 2, declared"]


def test_a_lock_tells_packages_under_their_own_names() -> None:
    text = '%{\n  "plug": {:hex, :plug, "1.16.0", "abc", [:mix], []},\n  "edge": {:git, "https://x", "r", []},\n}\n'
    assert told("elixir", "mix.lock", text) == [
        "purl pkg:hex/plug in 2, locked, transitive",
        "purl pkg:hex/edge in 3, locked, transitive",
    ]


def test_rebar_tells_names_and_tuples_and_profiles() -> None:
    text = """\
{erl_opts, [debug_info]}.
{deps, [cowboy,
        %% {mysql, "1.8.0"},
        {amqp_client, "3.12.14"},
        {edge, {git, "https://x", {tag, "1"}}}]}.
{profiles, [{test, [{deps, [meck]}]}]}.
"""
    assert told("elixir", "rebar.config", text) == [
        "purl pkg:hex/cowboy in 2, declared",
        "purl pkg:hex/amqp_client in 4, declared",
        "purl pkg:hex/edge in 5, declared",
        "purl pkg:hex/meck in 6, declared, development",
    ]


def test_gleam_tells_both_tables() -> None:
    text = (
        'name = "web"\n[dependencies]\npog = ">= 1.0"\nours = { path = "../o" }\n[dev-dependencies]\ngleeunit = "1"\n'
    )
    assert told("elixir", "gleam.toml", text) == [
        "own pkg:hex/web in 1, declared",
        "purl pkg:hex/pog@>= 1.0 in 3, declared",
        "purl pkg:hex/gleeunit@1 in 6, declared, development",
    ]
