import Foundation

/// OpenZFS's own zdb, the judge of what we say and write.
package enum Zdb {
    package static let isInstalled = Command.exists("zdb")

    /// Runs it (`Scripts/zdb`); nil where it is not installed.
    package static func run(_ arguments: String...) throws -> Command? {
        guard isInstalled else { return nil }
        return try Command("\(Project.root)/Scripts/zdb", arguments)
    }

    /// What it says when it reads every block of the pool whose devices lie in a folder, and looks for leaks.
    package static func walk(_ pool: String, in folder: String) throws -> Command? {
        try run("-e", "-p", folder, "-bcc", pool)
    }
}
