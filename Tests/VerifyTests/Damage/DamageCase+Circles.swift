import Bytes
import Datasets
import Objects
import TestSupport
import Vdevs
import Verify

extension DamageCase {
    /// Trees that lead back into themselves. A block can only hold its own checksum where that is off.
    static let circles = [
        DamageCase("an indirect block that leads to itself", [.blockClaimedTwice]) { pool in
            let above = try pool.block(109, 0, level: 1)
            try pool.editor.editPointer(to: try pool.block(109, 0, 2).place) { pointer in
                pointer = above.pointer
                pointer.words[6] = level.write(0, into: pointer.words[6])
                pointer.words[6] = checksum.write(2, into: pointer.words[6])
            }
            return try claimedTwice(above.pointer, pool)
        },
        DamageCase(
            "an indirect block that leads to the one above it",
            [.blockUnreadable, .blockClaimedTwice]
        ) { pool in
            let top = try pool.block(109, 0, level: 2)
            let inner = try pool.block(109, 0, 2)
            try pool.editor.editPointer(to: inner.place) { pointer in
                pointer = top.pointer
                pointer.words[6] = checksum.write(2, into: pointer.words[6])
            }
            return try claimedTwice(top.pointer, pool) + [
                inner.found(.blockUnreadable, top.address, txg: top.pointer.birth.rawValue)
            ]
        },
        DamageCase("a block of dnodes that is reached twice", [.blockClaimedTwice]) { pool in
            let first = try pool.block(109, 0, 0)
            try pool.editor.editPointer(to: try pool.block(109, 0, 2).place) {
                $0 = first.pointer
            }
            return try claimedTwice(first.pointer, pool)
        },
        DamageCase(
            "a space map of two million debug entries in one block",
            [.blockClaimedTwice]
        ) { pool in
            let map = try pool.metaslab(1).map
            let own = try pool.block(0, map)
            let txg = pool.editor.uberblock.txg.rawValue
            // Blocks of objects that hold no space: the history, and what features are called.
            let open = try pool.open()
            let history = try pool.take(0, open.directory.object(.history))
            let names = try pool.take(0, open.directory.object(.featureDescriptions), 1)
            var debug = history.pointer
            var words = [UInt8](repeating: 0, count: history.pointer.logicalSize)
            for place in stride(from: 0, to: words.count, by: 8) {
                try Field<UInt64>("word", at: place).write(
                    MapWord.debug(txg), into: &words, .little)
            }
            try pool.editor.store(words, for: &debug)
            let pointers =
                own.pointer.encoded(.little)
                + (1..<128).flatMap { _ in debug.encoded(.little) }
            var above = names.pointer
            above.words[6] = level.write(1, into: above.words[6])
            try pool.editor.store(pointers, for: &above)
            try pool.editor.editDnode(map) { dnode in
                dnode[2] = 2
                try Field<UInt64>("dn_maxblkid", at: 16).write(127, into: &dnode, .little)
                dnode.replaceSubrange(64..<192, with: above.encoded(.little))
            }
            // The debug entries begin with the second block, so the first must be full.
            let length = Int(try pool.header(of: map).length)
            try pool.editor.edit(.block(.meta, object: map)) { bytes in
                for place in stride(from: length, to: bytes.count, by: 8) {
                    try Field<UInt64>("word", at: place)
                        .write(MapWord.debug(txg), into: &bytes, .little)
                }
            }
            try pool.setHeader(of: map, length: 128 << 17)
            return try claimedTwice(debug, pool)
        },
    ]

    private static let level = BitField(low: 56, count: 5)
    private static let checksum = BitField(low: 40, count: 8)

    /// All copies of a block that something else claims as well.
    static func claimedTwice(_ pointer: BlockPointer, _ pool: EditedPool) throws -> [Found] {
        try (0..<pointer.copyLimit).filter { pointer.hasCopy($0) }.map { copy in
            let address = pointer.dva(copy)
            return Found(
                .blockClaimedTwice, try pool.metaslab(of: address.offset, vdev: address.vdev),
                address.offset..<address.offset + address.allocatedSize)
        }
    }
}
