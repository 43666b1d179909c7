import Foundation

/// What edits of a pool overwrote, so that one copy of a pool serves for thousands of edits.
package final class EditJournal {
    private var kept: [(file: String, offset: UInt64, bytes: Data)] = []

    package init() {}

    func keep(
        _ count: Int, at offset: UInt64, of file: String, _ handle: FileHandle
    ) throws {
        try handle.seek(toOffset: offset)
        kept.append((file, offset, try handle.read(upToCount: count) ?? Data()))
    }

    /// Puts everything back, the last edit first.
    package func revert() throws {
        for entry in kept.reversed() {
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: entry.file))
            defer { try? handle.close() }
            try handle.seek(toOffset: entry.offset)
            try handle.write(contentsOf: entry.bytes)
        }
        kept = []
    }
}
