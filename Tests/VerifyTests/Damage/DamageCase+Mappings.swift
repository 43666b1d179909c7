import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// The mapping of vdev 0, which was removed, below a file's block that still has its old address.
    static let mappings = [
        DamageCase(
            "a gap in a removed vdev's mapping", [.indirectGap, .spacemapLeak], in: "removal"
        ) { pool in
            let entry = try pool.mappingOfFile()
            try pool.editMapping(entry.index) { bytes in
                // The entry now ends where the file's block begins.
                let size = entry.block.address.offset - entry.source
                try Field<UInt64>("vimep_dst", at: 8).write(
                    UInt64(entry.destination.vdev) << 32 | size >> 9, into: &bytes, .little)
            }
            return [entry.block.found(.indirectGap), try pool.leak(entry)]
        },
        DamageCase(
            "a mapping that leads past the end of a vdev",
            [.indirectOutOfBounds, .spacemapLeak], in: "removal"
        ) { pool in
            let entry = try pool.mappingOfFile()
            // No block lies in this entry (see zdb -bbbbbb), until this one does.
            let unused = 3
            let source = try #require(try pool.open().vdevs.mapping(of: 0)).entries[unused].source
            let new = try pool.move(entry.block, to: source)
            try pool.editMapping(unused) { bytes in
                try Field<UInt64>("vimep_dst", at: 16).write(1 << 45, into: &bytes, .little)
            }
            return [entry.block.found(.indirectOutOfBounds, new), try pool.leak(entry)]
        },
        // Opening the pool tells that the mapping is lost; nothing more is said of each block.
        DamageCase(
            "a mapping that can't be read", [.blockChecksum], in: "removal",
            unchecked: ["the blocks of removed vdev 0", "seems leaked"], depth: .all
        ) { pool in
            let mapping = try #require(try pool.open().rootConfig.children.first?.indirectObject)
            try pool.spoil(.block(.meta, object: mapping))
            return [try pool.block(0, mapping).found(.blockChecksum)]
        },
    ]
}

/// Damage to the mappings of removed vdevs.
extension EditedPool {
    /// An entry of the mapping of vdev 0, with the last block that needs it.
    struct MappingEntry {
        let index: Int
        let source: UInt64
        let destination: DVA
        let block: EditedBlock
    }

    /// The entry that the last block of a file lies in, which is the last that uses that entry (see zdb -bbbbbb).
    func mappingOfFile() throws -> MappingEntry {
        let block = try self.block(54, 22, 11)
        let mapping = try #require(try open().vdevs.mapping(of: 0))
        let index = try #require(
            mapping.entries.lastIndex { $0.source <= block.address.offset })
        let entry = mapping.entries[index]
        return MappingEntry(
            index: index, source: entry.source, destination: entry.destination, block: block)
    }

    /// Changes the 24 bytes of an entry.
    func editMapping(_ index: Int, _ change: (inout [UInt8]) throws -> Void) throws {
        let mapping = try #require(try open().rootConfig.children.first?.indirectObject)
        try editor.edit(.block(.meta, object: mapping)) { bytes in
            var own = [UInt8](bytes[index * 24..<(index + 1) * 24])
            try change(&own)
            bytes.replaceSubrange(index * 24..<(index + 1) * 24, with: own)
        }
    }

    /// The copy of a removed vdev's block that nothing leads to any more.
    func leak(_ entry: MappingEntry) throws -> Found {
        let start = entry.destination.offset + entry.block.address.offset - entry.source
        let vdev = entry.destination.vdev
        return Found(
            .spacemapLeak, try metaslab(of: start, vdev: vdev),
            start..<start + entry.block.address.allocatedSize)
    }
}
