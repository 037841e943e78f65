defmodule Garden.MixProject do
  use Mix.Project

  def project do
    [
      app: :garden,
      version: "0.1.0",
      elixir: "~> 1.16",
      deps: deps()
    ]
  end

  defp deps do
    [
      {:phoenix, "~> 1.7.14"},
      {:phoenix_ecto, "~> 4.5"},
      {:ecto_sql, "~> 3.11"},
      {:postgrex, ">= 0.0.0"},
      {:phoenix_live_view, "~> 1.0.0-rc.1", override: true},
      {:esbuild, "~> 0.8", runtime: Mix.env() == :dev},
      {:tailwind, "~> 0.2", runtime: Mix.env() == :dev},
      {:oban, "~> 2.17"},
      {:opentelemetry, "~> 1.4"},
      {:redix, "~> 1.5"},
      # {:amqp, "~> 3.3"},
      {:sentry, "~> 10.6"},
      {:garden_core, in_umbrella: true},
      {:credo, "~> 1.7", only: [:dev, :test], runtime: false}
    ]
  end
end
