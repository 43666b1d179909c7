import Blocks
import Bytes
import Datasets
import Files
import Objects
import Vdevs

@testable import Extract

/// A pool's blocks with other names in its directories, as an attacker would write them.
struct HostileNames: BlockSource {
    let base: any BlockSource
    /// Names of entries and what stands in their place, not longer.
    let names: [(original: String, hostile: [UInt8])]

    func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        let outcome = try base.read(pointer)
        guard pointer.type == .directory, pointer.level == 0 else { return outcome }
        var bytes = outcome.bytes
        // Entries of a small directory: 64 bytes each, the name from byte 14 on.
        for start in stride(from: 64, to: bytes.count - 63, by: 64) {
            let stored = Array(bytes[start + 14..<start + 64].prefix { $0 != 0 })
            for name in names where Array(name.original.utf8) == stored {
                let padding = [UInt8](repeating: 0, count: stored.count - name.hostile.count)
                bytes.replaceSubrange(
                    start + 14..<start + 14 + stored.count, with: name.hostile + padding)
            }
        }
        return ReadOutcome(bytes: bytes, incidents: outcome.incidents)
    }

    /// Copies the file system of a dataset with these names.
    func copy(_ dataset: Dataset, to path: String) throws -> ExtractSummary {
        let set = try ObjectSet(source: self, pointer: dataset.rootPointer)
        let filesystem = try Filesystem(set)
        let context = try CopyContext(
            to: path, of: ManifestHeader(pool: "hostile", guid: "1", source: dataset.name),
            ExtractOptions(), ExtractControl())
        let tree = TreeCopier(filesystem, dataset: dataset.name, context)
        let top = FolderJob(context.target, place: [], in: nil)
        try tree.copy(
            contentsOf: try filesystem.file(filesystem.root), path: "/", into: top)
        context.queue.drain()
        try context.control.check()
        try context.manifest.finish()
        return context.tally.summary
    }
}
