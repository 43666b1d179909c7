import Foundation

/// Where the parts of the project lie, found from this file's own place.
package enum Project {
    /// The top of the source tree.
    package static let root: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.path
    }()

    /// The packed pools and their facts.
    package static let testPools = "\(root)/TestPools"

    /// Where packed pools are kept unpacked between runs.
    package static let cache = "\(root)/.build/TestPools"

    /// The directory that the running build put its products in.
    package static let products: String = {
        var url = URL(fileURLWithPath: CommandLine.arguments[0]).standardizedFileURL
        url.deleteLastPathComponent()
        while url.pathComponents.count > 1 {
            let candidate = url.appendingPathComponent("zinspect").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return url.path }
            url.deleteLastPathComponent()
        }
        return "\(root)/.build/debug"
    }()

    /// The program as built together with the tests.
    package static let executable = "\(products)/zinspect"
}
