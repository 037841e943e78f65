require_relative "lib/short_links/version"

Gem::Specification.new do |spec|
  spec.name = "short_links"
  spec.version = ShortLinks::VERSION
  spec.summary = "Shortens links without rails"
  spec.required_ruby_version = ">= 3.0"

  spec.add_dependency "dalli", "~> 3.2"
  spec.add_runtime_dependency "jwt", ">= 2.7"
  spec.add_dependency("sequel", "~> 5.80")
  # spec.add_dependency "redis"
  spec.add_development_dependency "minitest", "~> 5.0"
end
