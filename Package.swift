// swift-tools-version: 6.3

import PackageDescription

/// What every Swift target is compiled with.
let house: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
/// Only for the two targets that declare properties or functions returning spans.
let lifetimes: [SwiftSetting] = house + [.enableExperimentalFeature("Lifetimes")]

let package = Package(
    name: "zinspect",
    products: [
        .executable(name: "zinspect", targets: ["zinspect"]),
        .executable(name: "zinspect-bench", targets: ["Benchmarks"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    ],
    targets: [
        .executableTarget(
            name: "zinspect",
            dependencies: [
                "Report", "Repair", "Verify", "Extract", "Files", "Datasets", "Objects", "Blocks",
                "Vdevs",
                "Devices", "Codecs", "Bytes",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .target(
            name: "Report",
            dependencies: [
                "Repair", "Verify", "Extract", "Files", "Datasets", "Objects", "Blocks", "Vdevs",
                "Devices",
                "Bytes",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: house),
        .target(
            name: "Repair",
            dependencies: [
                "Verify", "Files", "Datasets", "Objects", "Blocks", "Vdevs", "Devices", "Codecs",
                "Bytes",
            ],
            swiftSettings: house),
        .target(
            name: "Verify",
            dependencies: [
                "Files", "Datasets", "Objects", "Blocks", "Vdevs", "Devices", "Codecs", "Bytes",
            ],
            swiftSettings: house),
        .target(
            name: "Extract",
            dependencies: [
                "Files", "Datasets", "Objects", "Blocks", "Vdevs", "Devices", "Codecs", "Bytes",
            ],
            swiftSettings: house),
        .target(
            name: "Files",
            dependencies: ["Datasets", "Objects", "Blocks", "Vdevs", "Devices", "Codecs", "Bytes"],
            swiftSettings: house),
        .target(
            name: "Datasets",
            dependencies: [
                "Objects", "Blocks", "Vdevs", "Devices", "Codecs", "Bytes",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: house),
        .target(
            name: "Objects", dependencies: ["Blocks", "Vdevs", "Codecs", "Bytes"],
            swiftSettings: house),
        .target(
            name: "Blocks", dependencies: ["Vdevs", "Devices", "Codecs", "Bytes"],
            swiftSettings: house),
        .target(
            name: "Vdevs", dependencies: ["Devices", "Codecs", "Bytes"], swiftSettings: house),
        .target(
            name: "Devices",
            dependencies: [
                "Bytes", "CXattr", .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: lifetimes),
        .target(
            name: "Codecs",
            dependencies: ["Bytes", "CKernels", "CLZ4", "CZstd", "CCrypto", "CZlib", "CXXHash"],
            swiftSettings: house),
        .target(name: "Bytes", swiftSettings: lifetimes),
        .target(name: "CKernels"),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "BenchmarkKernels", "Repair", "Verify", "Datasets", "Vdevs", "Devices", "Codecs",
                "Bytes",
            ],
            path: "Benchmarks/Sources/Benchmarks", swiftSettings: house),
        .target(name: "BenchmarkKernels", path: "Benchmarks/Sources/BenchmarkKernels"),
        // A header of the C library that Swift's own module leaves out.
        .systemLibrary(name: "CXattr", path: "Sources/System/CXattr"),
        .systemLibrary(
            name: "CXXHash", path: "Sources/System/CXXHash", pkgConfig: "libxxhash",
            providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(
            name: "CLZ4", path: "Sources/System/CLZ4", pkgConfig: "liblz4",
            providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(
            name: "CZstd", path: "Sources/System/CZstd", pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(
            name: "CCrypto", path: "Sources/System/CCrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CZlib", path: "Sources/System/CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "TestSupport",
            dependencies: [
                "Datasets", "Objects", "Blocks", "Vdevs", "Codecs", "Devices", "Bytes",
            ],
            path: "Tests/Support", swiftSettings: house),
        // One line each, in the order of their names.
        tests(of: "Bytes", with: []),
        tests(of: "Blocks", with: ["Objects", "Vdevs", "Devices", "Codecs", "Bytes"]),
        tests(of: "Codecs", with: ["Devices", "Bytes"], without: ["Vectors"]),
        tests(of: "CommandContract", with: ["zinspect"]),
        tests(
            of: "Corpus",
            with: [
                "Verify", "Files", "Datasets", "Objects", "Blocks", "Vdevs", "Devices", "Codecs",
                "Bytes",
            ]),
        tests(
            of: "Datasets",
            with: ["Objects", "Blocks", "Vdevs", "Devices", "Codecs", "Bytes"]),
        tests(of: "Devices", with: ["Bytes"]),
        tests(
            of: "Extract",
            with: ["Files", "Datasets", "Objects", "Devices", "Codecs", "Bytes"]),
        tests(
            of: "Files",
            with: ["Datasets", "Objects", "Blocks", "Vdevs", "Devices", "Codecs", "Bytes"],
            without: ["Vectors"]),
        tests(
            of: "Objects", with: ["Blocks", "Vdevs", "Codecs", "Devices", "Bytes"],
            without: ["Fixtures"]),
        tests(
            of: "Repair",
            with: [
                "Verify", "Files", "Datasets", "Objects", "Blocks", "Vdevs", "Devices", "Codecs",
                "Bytes",
            ]),
        tests(of: "Report", with: ["Files", "Vdevs", "Devices", "Bytes"]),
        tests(of: "Support", with: ["Devices", "Bytes"]),
        tests(of: "Tidy", with: ["zinspect"]),
        tests(of: "Vdevs", with: ["Devices", "Codecs", "Bytes"]),
        tests(
            of: "Verify",
            with: [
                "Repair", "Files", "Datasets", "Objects", "Blocks", "Vdevs", "Codecs", "Devices",
                "Bytes",
            ],
            without: ["freed-blocks.txt", "problem-codes.txt"]),
    ],
    swiftLanguageModes: [.v6]
)

/// The tests of one target, which may use the tests' support and some targets below.
///
/// `without` names folders of data that tests find by their path.
func tests(of name: String, with others: [String], without data: [String] = []) -> Target {
    let own = ["CommandContract", "Corpus", "Support", "Tidy"].contains(name) ? [] : [name]
    return .testTarget(
        name: "\(name)Tests",
        dependencies: (own + others + ["TestSupport"]).map { .byName(name: $0) },
        exclude: data, swiftSettings: house)
}
