// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A module map over a C library that the system provides.
func system(_ name: String, _ pkgConfig: String, apt: [String], brew: [String]) -> Target {
    .systemLibrary(
        name: name, path: "Sources/Libraries/\(name)", pkgConfig: pkgConfig, providers: [.apt(apt), .brew(brew)])
}

func target(_ name: String, in folder: String = "Sources", _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
    name: "socials-pipeline",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "socials-pipeline", targets: ["socials-pipeline"])],
    dependencies: [
        // Commands, help, completions: the ecosystem's own.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // SHA-1 for git blob ids, HMAC for OAuth 1.0a, SHA-256 for digests; never by hand.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // Runs git: pipes, sessions and waiting done once, on Linux and macOS. Without its Foundation trait.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // C libraries
        system("CYAML", "yaml-0.1", apt: ["libyaml-dev"], brew: ["libyaml"]),
        system("CCurl", "libcurl", apt: ["libcurl4-openssl-dev"], brew: ["curl"]),
        system("CGit2", "libgit2", apt: ["libgit2-dev"], brew: ["libgit2"]),
        system("CZlib", "zlib", apt: ["zlib1g-dev"], brew: ["zlib"]),
        system(
            "CCMark", "libcmark-gfm", apt: ["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"], brew: ["cmark-gfm"]),
        system("CTurboJPEG", "libturbojpeg", apt: ["libturbojpeg0-dev"], brew: ["jpeg-turbo"]),
        system("CPNG", "libpng", apt: ["libpng-dev"], brew: ["libpng"]),
        // Wrappers that know nothing of posts
        target("YAML", in: "Sources/Libraries", ["CYAML"]),
        target("JSON", in: "Sources/Libraries"),
        target("HTTP", in: "Sources/Libraries", ["CCurl"]),
        target("HTTPServer", in: "Sources/Libraries"),
        target("Git", in: "Sources/Libraries", ["CGit2", "CZlib", crypto, subprocess]),
        target("Markdown", in: "Sources/Libraries", ["CCMark"]),
        target("Pictures", in: "Sources/Libraries", ["CTurboJPEG", "CPNG"]),
        // The product
        target("Posts", ["YAML", "JSON", "Markdown"]),
        target("Platforms", ["Posts", "HTTP", "JSON", crypto]),
        target("Pipeline", ["Posts", "Platforms", "HTTP", "HTTPServer", "Git", "JSON", "YAML", crypto, subprocess]),
        target("Sandbox", ["HTTPServer", "Pictures", crypto]),
        .executableTarget(
            name: "socials-pipeline",
            dependencies: ["Posts", "Pipeline", "Platforms", "Sandbox", "Git", "HTTP", "JSON", arguments],
            path: "Sources/socials-pipeline", swiftSettings: strict),
        // Tests: one target per target; fixtures are read by their path
        tests("LibrariesTests", ["YAML", "JSON", "HTTP", "HTTPServer", "Git", "Markdown"]),
        tests("PostsTests", ["Posts", "JSON", "TestSupport"]),
        tests("PlatformsTests", ["Platforms", "Posts", "HTTP", "JSON", "TestSupport"]),
        tests("SandboxTests", ["Sandbox", "HTTPServer", "Pictures"]),
        target("TestSupport", in: "Tests", ["Posts", "HTTP", "HTTPServer", "JSON", "Sandbox"]),
        tests(
            "PipelineTests",
            ["Pipeline", "Platforms", "Posts", "Sandbox", "HTTP", "HTTPServer", "Git", "JSON", "TestSupport", crypto]),
        tests(
            "ContractTests", ["Pipeline", "Platforms", "Posts", "Sandbox", "HTTP", "HTTPServer", "JSON", "TestSupport"]),
        tests("CommandTests", ["socials-pipeline", "Posts", "JSON", "TestSupport"]),
        .executableTarget(
            name: "benchmarks", dependencies: ["Posts", "Pipeline", "Git", "CYAML", "HTTPServer"],
            path: "Tests/Benchmarks",
            exclude: ["runs"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
