"""C, C++ and Nim: libraries that are looked for, and packages that are required."""

from tests.stacks.reading.saying import told


def test_cmake_tells_tools_by_their_libraries_and_the_language_c() -> None:
    text = """\
project(mapper VERSION 1.2 LANGUAGES C CXX)
find_package(
  PostgreSQL 15 REQUIRED)
# find_package(MySQL)
find_package(Boost COMPONENTS Redis)
pkg_check_modules(DEPS REQUIRED hiredis glib-2.0)
message("find_package(gRPC)")
"""
    assert told("native", "CMakeLists.txt", text) == [
        "tool c in 1, declared",
        "tool postgresql in 3, configured",
        "tool redis in 6, configured",
    ]


def test_meson_tells_languages_and_libraries() -> None:
    text = "project('shop', 'c', 'cpp',\n  version: '1')\npq = dependency('libpq')\n# dependency('sqlite3')\n"
    assert told("native", "meson.build", text) == [
        "tool c in 1, declared",
        "tool cpp in 1, declared",
        "tool postgresql in 3, configured",
    ]


def test_conan_tells_packages_of_both_its_files() -> None:
    text = "[requires]\nlibpq/15.4@user/x\n# a/1\n[tool_requires]\ncmake/3.27\n[generators]\nCMakeDeps\n"
    code = """\
class Shop(ConanFile):
    requires = "fmt/10.2", "hiredis/1.2"
    url = "no/1"
    def requirements(self):
        self.requires("grpc/1.54")
        self.test_requires("gtest/1.14")
"""
    assert told("native", "conanfile.txt", text) == [
        "purl pkg:conan/libpq@15.4 in 2, declared",
        "purl pkg:conan/cmake@3.27 in 5, declared, development",
    ]
    assert told("native", "conanfile.py", code) == [
        "purl pkg:conan/fmt@10.2 in 2, declared",
        "purl pkg:conan/hiredis@1.2 in 2, declared",
        "purl pkg:conan/grpc@1.54 in 5, declared",
        "purl pkg:conan/gtest@1.14 in 6, declared, development",
    ]


def test_vcpkg_and_nimble_tell_packages() -> None:
    text = '{"dependencies": ["fmt",\n{"name": "hiredis"}, {"name": "tool", "host": true}],\n'
    text += '"features": {"db": {"dependencies": ["libpq"]}}}'
    assert told("native", "vcpkg.json", text) == [
        "purl pkg:vcpkg/fmt in 1, declared",
        "purl pkg:vcpkg/hiredis in 2, declared",
        "purl pkg:vcpkg/tool in 2, declared, development",
        "purl pkg:vcpkg/libpq in 3, declared",
    ]
    nimble = 'requires "nim >= 2.0", "jester >= 0.5"\n# requires "x"\nrequires "redis#head", "https://a.org/b"\n'
    assert told("native", "shop.nimble", nimble) == [
        "purl pkg:nimble/jester in 1, declared",
        "purl pkg:nimble/redis in 3, declared",
    ]
