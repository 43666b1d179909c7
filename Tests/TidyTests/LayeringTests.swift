import TestSupport
import Testing

/// A target imports only what stands below it. SwiftPM does not prove this: it lets a file import any
/// module that happens to be built.
@Suite struct LayeringTests {
    /// The targets from the bottom up; what stands on one line does not know its neighbours.
    static let layers: [[String]] = [
        ["Bytes", "CKernels", "CLZ4", "CZstd", "CCrypto", "CZlib", "CXXHash", "CXattr"],
        ["Codecs", "Devices"],
        ["Vdevs"],
        ["Blocks"],
        ["Objects"],
        ["Datasets"],
        ["Files"],
        ["Verify", "Extract"],
        ["Repair"],
        ["Report"],
        ["zinspect"],
    ]

    private static let height: [String: Int] = {
        var height: [String: Int] = [:]
        for (level, names) in layers.enumerated() {
            for name in names { height[name] = level }
        }
        return height
    }()

    @Test func `every target has its place, and depends only on lower ones`() throws {
        let package = try Package.described.get()
        for target in package.targets where target.path.hasPrefix("Sources/") {
            guard let level = Self.height[target.name] else {
                Issue.record("\(target.name) has no place in LayeringTests.layers")
                continue
            }
            for name in target.targetDependencies ?? [] {
                let below = try #require(Self.height[name], "\(name) has no place in the layers")
                #expect(below < level, "\(target.name) depends on \(name), which is not below it")
            }
        }
    }

    @Test(
        "a file imports only what its target declares", arguments: SourceFile.all(below: "Sources"))
    func imports(file: SourceFile) throws {
        let package = try Package.described.get()
        let ours = Set(package.targets.map(\.name))
        let target = try #require(package.targets.first { file.path.hasPrefix("\($0.path)/") })
        let declared = Set(target.targetDependencies ?? [])
        let undeclared = file.imports.intersection(ours).subtracting(declared)
        #expect(undeclared.isEmpty, "\(file) imports what \(target.name) does not declare")
    }
}
