package import Bytes

/// Writes a space map's entries, in as few words as they need and with none across a block's end.
///
/// Mirrors `space_map_write_impl` and `space_map_write_seg` (`module/zfs/space_map.c`).
package struct SpaceMapEncoder {
    /// Whether entries of two words may be written (feature spacemap_v2).
    package let allowsTwoWords: Bool
    /// Words in one block of the map's object.
    private let wordsPerBlock: Int
    private var words: [UInt64] = []

    /// The longest run that one word, and that two words can hold (`SM_RUN_MAX`, `SM2_RUN_MAX`).
    private static let singleRunLimit = UInt64(1) << 15
    private static let doubleRunLimit = UInt64(1) << 36
    private static let singleOffsetLimit = UInt64(1) << 47

    /// `words` are those that the first block begins with already, where a log is continued.
    package init(blockSize: Int, allowsTwoWords: Bool, following words: [UInt64] = []) {
        precondition(blockSize >= 16 && blockSize % 8 == 0)
        self.words = words
        wordsPerBlock = blockSize / 8
        self.allowsTwoWords = allowsTwoWords
    }

    /// How long the log is, in bytes, from the start of its first block (`smp_length`).
    package var byteCount: Int { words.count * 8 }

    /// Notes in which txg and sync pass the entries that follow were made.
    package mutating func appendDebug(
        _ kind: SpaceMapEntry.Kind, txg: UInt64, syncPass: UInt16
    ) {
        var word = SpaceMapWord.prefix.write(SpaceMapWord.debugPrefix, into: 0)
        word = SpaceMapWord.Debug.kind.write(UInt64(kind.rawValue), into: word)
        word = SpaceMapWord.Debug.syncPass.write(UInt64(syncPass), into: word)
        words.append(SpaceMapWord.Debug.txg.write(txg, into: word))
    }

    /// Appends a run, split into as many entries as its length takes.
    ///
    /// Throws where the offset does not fit the entries that may be written. Offset and run are in units of the map.
    package mutating func append(
        _ kind: SpaceMapEntry.Kind, offset: UInt64, run: UInt64, vdev: UInt32? = nil
    ) throws(FormatError) {
        let fitsOneWord =
            vdev == nil && run <= Self.singleRunLimit && offset < Self.singleOffsetLimit
        var (offset, left) = (offset, run)
        while left > 0 {
            let part: UInt64
            if fitsOneWord || !allowsTwoWords {
                guard vdev == nil, offset < Self.singleOffsetLimit else {
                    throw FormatError("space_map", .invalid("needs entries of two words"))
                }
                part = min(left, Self.singleRunLimit)
                appendSingle(kind, offset, part)
            } else {
                guard offset < 1 << 63, (vdev ?? 0) < 1 << 24 else {
                    throw FormatError("space_map", .invalid("can't hold offset \(offset)"))
                }
                part = min(left, Self.doubleRunLimit)
                appendDouble(kind, offset, part, vdev: vdev ?? 0)
            }
            left -= part
            // Sound: offset is below 2^63 and a part at most 2^36.
            offset += part
        }
    }

    private mutating func appendSingle(
        _ kind: SpaceMapEntry.Kind, _ offset: UInt64, _ run: UInt64
    ) {
        var word = SpaceMapWord.Single.offset.write(offset, into: 0)
        word = SpaceMapWord.Single.kind.write(UInt64(kind.rawValue), into: word)
        words.append(SpaceMapWord.Single.run.write(run - 1, into: word))
    }

    private mutating func appendDouble(
        _ kind: SpaceMapEntry.Kind, _ offset: UInt64, _ run: UInt64, vdev: UInt32
    ) {
        if words.count % wordsPerBlock == wordsPerBlock - 1 {
            appendDebug(.allocation, txg: 0, syncPass: 0)
        }
        var word = SpaceMapWord.prefix.write(SpaceMapWord.doublePrefix, into: 0)
        word = SpaceMapWord.Double.run.write(run - 1, into: word)
        words.append(SpaceMapWord.Double.vdev.write(UInt64(vdev), into: word))
        word = SpaceMapWord.Double.kind.write(UInt64(kind.rawValue), into: 0)
        words.append(SpaceMapWord.Double.offset.write(offset, into: word))
    }

    /// The blocks of the map's object, the last one filled up with zeros.
    package func blocks(_ order: ByteOrder) -> [[UInt8]] {
        stride(from: 0, to: words.count, by: wordsPerBlock).map { start in
            var block: [UInt8] = []
            block.reserveCapacity(wordsPerBlock * 8)
            for word in words[start..<min(words.count, start + wordsPerBlock)] {
                for index in UInt64(0)..<8 {
                    let shift = order == .little ? index * 8 : 56 - index * 8
                    block.append(UInt8(truncatingIfNeeded: word >> shift))
                }
            }
            block += repeatElement(0, count: wordsPerBlock * 8 - block.count)
            return block
        }
    }
}
