"""Swift and Apple's platforms: packages, pods and Carthage."""

import pytest

from stacks.scanner.reading.swift import repository
from tests.stacks.reading.saying import told


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/vapor/vapor.git", "github.com/vapor/vapor"),
        ("git@github.com:vapor/vapor.git", "github.com/vapor/vapor"),
        ("ssh://git@gitlab.com/a/b/c", "gitlab.com/a/b/c"),
        ("https://token@github.com/a/b/", "github.com/a/b"),
        ("../Shared/Part/One", ""),
        ("vapor", ""),
    ],
)
def test_addresses_of_repositories_have_one_name(address: str, name: str) -> None:
    assert repository(address) == name


def test_a_package_tells_addresses_and_no_folders() -> None:
    text = """\
let package = Package(
    dependencies: [
        .package(url: "https://github.com/vapor/vapor.git", from: "4.0.0"),
        .package(name: "NIO", url: "https://github.com/apple/swift-nio", branch: "main"),
        // .package(url: "https://github.com/a/commented", from: "1.0.0"),
        .package(path: "../Shared"),
    ],
    targets: [.target(name: "App", dependencies: [.product(name: "Vapor", package: "vapor")])]
)
"""
    assert told("swift", "Package.swift", text) == [
        "purl pkg:swift/github.com/vapor/vapor in 3, declared",
        "purl pkg:swift/github.com/apple/swift-nio in 4, declared",
    ]


def test_pins_of_either_form_are_locked() -> None:
    new = '{"pins": [{"location": "https://github.com/a/b.git", "state": {"version": "1.0"}}]}'
    old = '{"object": {"pins": [{"repositoryURL": "https://github.com/a/b", "state": {"branch": "x"}}]}}'
    assert told("swift", "Package.resolved", new) == ["purl pkg:swift/github.com/a/b@1.0 in 1, locked, transitive"]
    assert told("swift", "Package.resolved", old) == ["purl pkg:swift/github.com/a/b in 1, locked, transitive"]


def test_pods_are_of_targets_and_part_of_their_pod() -> None:
    text = """\
target 'Ferry' do
  pod 'Firebase/Analytics', '~> 10'
  pod 'Ours', :path => '../ours'
  # pod 'Realm'
  target 'FerryTests' do
    pod 'Quick'
  end
end
"""
    assert told("swift", "ios/Podfile", text) == [
        "purl pkg:cocoapods/Firebase in 2, declared",
        "purl pkg:cocoapods/Quick in 6, declared, development",
    ]


def test_locked_pods_are_direct_where_they_are_asked_for() -> None:
    text = """\
PODS:
  - Firebase/Analytics (10.28.0):
    - Firebase/Core
  - Ours (1.0)
  - PromisesObjC (2.4.0)
DEPENDENCIES:
  - Firebase/Analytics (~> 10.28)
  - Ours (from `../ours`)
EXTERNAL SOURCES:
  Ours:
    :path: "../ours"
"""
    assert told("swift", "Podfile.lock", text) == [
        "purl pkg:cocoapods/Firebase in 2, locked",
        "purl pkg:cocoapods/PromisesObjC in 5, locked, transitive",
    ]


def test_a_cartfile_names_repositories() -> None:
    assert told("swift", "Cartfile", 'github "a/b" ~> 5.0 # x\nbinary "https://x/y.json"\n') == [
        "purl pkg:swift/github.com/a/b in 1, declared"
    ]
