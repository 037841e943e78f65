defmodule Counter.MixProject do
  use Mix.Project

  def project do
    [
      name: "Counter",
      app: :counter,
      version: System.get_env("APP_VERSION", "0.0.1"),
      elixir: "~> 1.16",
      deps: deps(),
      test_coverage: [tool: ExCoveralls]
    ]
  end

  # Specifies your project dependencies.
  defp deps do
    [
      {:bamboo, "~> 2.3", override: true},
      {:bamboo_postmark, git: "https://github.com/sample/bamboo_postmark.git", branch: "main"},
      {:bypass, "~> 2.1", only: [:dev, :test, :small_test]},
      {:credo, "~> 1.5", only: [:dev, :test], runtime: false},
      {:ecto_sql, "~> 3.11"},
      {:ecto_ch, "~> 0.3.5"},
      {:esbuild, "~> 0.7", runtime: Mix.env() in [:dev, :small_dev]},
      {:oban, "~> 2.17.0"},
      {:opentelemetry, "~> 1.1"},
      {:phoenix, "~> 1.7.0"},
      {:phoenix_live_view, "~> 0.18"},
      {:postgrex, ">= 0.0.0"},
      {:sentry, "~> 10.0"},
      {:tailwind, "~> 0.2.0", runtime: Mix.env() in [:dev, :small_dev]},
      {:ex_cldr, "~> 2.37"}
    ]
  end
end
