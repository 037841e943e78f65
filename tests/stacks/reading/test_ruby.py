"""Ruby: gems in groups, of folders, in gemspecs and in locks."""

from tests.stacks.reading.saying import told

GEMFILE = """\
source "https://rubygems.org"
ruby "3.3.0"
gem "rails", "~> 7.1"
gem('pg') # gem "mysql2"
# gem "redis"
=begin
gem "mongoid"
=end
gem "ours", path: "engines/ours"
gem "capybara", group: :test
gem "puma", :groups => [:production, :development]
gem "edge",
    git: "https://github.com/edge/edge"
group :development, :test do
  gem "rspec-rails"
  platforms :mri do
    gem "debug" if RUBY_VERSION > "3"
  end
end
group :production do
  gem "dalli"
end
path "vendor" do
  gem "vendored"
end
gem ENV["MORE"]
gem "#{prefix}-x"
if RUBY_PLATFORM.include?("linux")
  gem "rb-inotify"
end
__END__
gem "sidekiq"
"""
LOCK = """\
PATH
  remote: .
  specs:
    ours (1.0.0)
      rack (>= 2)

GEM
  remote: https://rubygems.org/
  specs:
    nokogiri (1.16.0-x86_64-linux)
    rack (3.0.0)
    rails (7.1.2)
      nokogiri (~> 1.8)

DEPENDENCIES
  ours!
  rails (~> 7.1)

BUNDLED WITH
   2.5.3
"""


def test_a_gemfile_tells_gems_with_their_groups_and_leaves_out_folders() -> None:
    assert told("ruby", "Gemfile", GEMFILE) == [
        "purl pkg:gem/rails@~> 7.1 in 3, declared",
        "purl pkg:gem/pg in 4, declared",
        "purl pkg:gem/capybara in 10, declared, development",
        "purl pkg:gem/puma in 11, declared",
        "purl pkg:gem/edge in 12, declared",
        "purl pkg:gem/rspec-rails in 15, declared, development",
        "purl pkg:gem/debug in 17, declared, development",
        "purl pkg:gem/dalli in 21, declared",
        "purl pkg:gem/rb-inotify in 29, declared",
    ]


def test_a_gemspec_tells_its_own_gem_and_both_kinds_of_needs() -> None:
    text = """\
Gem::Specification.new do |spec|
  spec.name = "ours"
  spec.summary = "No rails"
  spec.add_dependency "rack", ">= 2"
  spec.add_runtime_dependency('jwt')
  spec.add_development_dependency "minitest"
end
"""
    assert told("ruby", "ours.gemspec", text) == [
        "own pkg:gem/ours in 2, declared",
        "purl pkg:gem/rack in 4, declared",
        "purl pkg:gem/jwt in 5, declared",
        "purl pkg:gem/minitest in 6, declared, development",
    ]


def test_a_lock_is_direct_where_the_project_or_its_own_gem_asks() -> None:
    assert told("ruby", "Gemfile.lock", LOCK) == [
        "purl pkg:gem/nokogiri@1.16.0-x86_64-linux in 10, locked, transitive",
        "purl pkg:gem/rack@3.0.0 in 11, locked",
        "purl pkg:gem/rails@7.1.2 in 12, locked",
    ]
