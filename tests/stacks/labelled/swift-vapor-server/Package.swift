// swift-tools-version:5.10
import PackageDescription

let package = Package(
    name: "timetable",
    platforms: [.macOS(.v13)],
    dependencies: [
        .package(url: "https://github.com/vapor/vapor.git", from: "4.99.3"),
        .package(url: "https://github.com/vapor/fluent.git", from: "4.9.0"),
        .package(url: "https://github.com/vapor/fluent-postgres-driver.git", from: "2.8.0"),
        .package(url: "https://github.com/vapor/redis", from: "4.10.0"),
        // .package(url: "https://github.com/vapor/fluent-mysql-driver.git", from: "4.0.0"),
        .package(path: "../Shared"),
    ],
    targets: [
        .executableTarget(name: "App", dependencies: [.product(name: "Vapor", package: "vapor")]),
    ]
)
