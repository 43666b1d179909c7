import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

/// Damage to bookmarks and livelists.
extension EditedPool {
    /// Gives a word of a bookmark another value; returns the map of bookmarks.
    @discardableResult
    func editBookmark(
        _ name: String, of dataset: String, word: Int, _ value: UInt64
    ) throws -> UInt64 {
        let map = try #require(try self.dataset(dataset).fields.bookmarks)
        let entry = try #require(
            try open().meta.zap(map).contents().entries.first { $0.name == name })
        try setWord(word, of: entry, in: map, value)
        return map
    }

    /// Gives a word of a value in a fat ZAP of the MOS another value.
    func setWord(_ word: Int, ofEntryNamed name: String, in zap: UInt64, _ value: UInt64) throws {
        let entry = try #require(
            try open().meta.zap(zap).contents().entries.first { $0.name == name })
        try setWord(word, of: entry, in: zap, value)
    }

    private func setWord(_ word: Int, of entry: ZAPEntry, in zap: UInt64, _ value: UInt64) throws {
        try editor.editValue(inChunk: entry.chunk, ofBlock: entry.block, of: zap) { bytes in
            try Field<UInt64>("word", at: word * 8).write(value, into: &bytes, .big)
        }
    }

    func livelist(_ name: String) throws -> UInt64 {
        try #require(try node(name).fields.livelist)
    }

    /// An entry of a livelist that is no free and that nothing frees.
    func lastingEntry(of list: BlockPointerList) throws -> Int {
        var lasting: [SharedBlocks.Key: Int] = [:]
        var index = 0
        list.forEachOwnPointer { step in
            guard case .pointer(let pointer, let isFree, _) = step else { return }
            lasting[SharedBlocks.Key(pointer.dva(0))] = isFree ? nil : index
            index += 1
        }
        return try #require(lasting.values.min())
    }
}
