import Foundation
import TestSupport

/// What SwiftPM says the package consists of (`swift package describe --type json`).
struct Package: Decodable, Sendable {
    let targets: [Target]

    struct Target: Decodable, Sendable {
        let name: String
        let type: String
        let path: String
        let targetDependencies: [String]?
        let productDependencies: [String]?

        enum CodingKeys: String, CodingKey {
            case name, type, path
            case targetDependencies = "target_dependencies"
            case productDependencies = "product_dependencies"
        }
    }

    /// Asked once; a scratch path of its own, since the build that runs these tests may hold the lock of
    /// the usual one.
    static let described: Result<Package, any Error> = Result {
        let swift = ProcessInfo.processInfo.environment["SWIFT"] ?? "swift"
        let answer = try Command.run(
            swift, "package", "--package-path", Project.root, "--scratch-path",
            "\(Project.root)/.build/describe", "describe", "--type", "json")
        // Warnings of the package manager may stand before the document.
        let text = answer.text
        let start = text.firstIndex(of: "{") ?? text.startIndex
        return try JSONDecoder().decode(Package.self, from: Data(text[start...].utf8))
    }
}
