import Blocks
import Bytes
import Codecs
import Datasets
import Files
import Objects
import TestSupport
import Testing
import Vdevs

/// Damage to fat ZAPs of the MOS and to intent logs.
extension EditedPool {
    /// Gives word `index` of an entry's value in a fat ZAP of the MOS another value; one of the first two.
    func setWord(_ index: Int, ofEntry name: String, of zap: UInt64, _ word: UInt64) throws {
        let object = try editor.object(zap)
        for block in 1...object.dnode.maximumBlockID {
            guard let bytes = try object.orderedBlock(block)?.bytes,
                let place = Self.value(of: name, inLeaf: bytes)
            else { continue }
            try editor.edit(.block(.meta, object: zap, index: block)) { bytes in
                for byte in 0..<8 {
                    bytes[place + index * 8 + byte] = UInt8(
                        truncatingIfNeeded: word >> UInt64(56 - byte * 8))
                }
            }
            return
        }
        throw Failure(description: "no entry \(name)")
    }

    /// Where the first chunk of an entry's value has its bytes; names of more than one chunk are told by their start.
    private static func value(of name: String, inLeaf bytes: [UInt8]) -> Int? {
        typealias Chunk = ZAPLeaf.Layout.Chunk
        let start = ZAPLeaf.Layout.headerSize + bytes.count / 16
        func place(_ chunk: UInt16) -> Int { start + Int(chunk) * ZAPLeaf.Layout.chunkSize }
        let raw = bytes.rawBytes
        for entry in stride(from: start, to: bytes.count - 23, by: ZAPLeaf.Layout.chunkSize)
        where bytes[entry] == Chunk.entry {
            guard
                let nameChunk: UInt16 = try? raw.integer(
                    at: entry + Chunk.nameChunk.offset, .little),
                let valueChunk: UInt16 = try? raw.integer(
                    at: entry + Chunk.valueChunk.offset, .little)
            else { continue }
            let stored = place(nameChunk) + 1
            let wanted = Array(name.utf8.prefix(ZAPLeaf.Layout.arraySize))
            if Array(bytes[stored..<stored + wanted.count]) == wanted {
                return place(valueChunk) + 1
            }
        }
        return nil
    }

    /// The blocks of a dataset's intent log, as they are chained.
    func logBlocks(of dataset: UInt64) throws -> [LogBlock] {
        let set = try editor.objectSet(.dataset(dataset))
        var blocks: [LogBlock] = []
        _ = IntentLog(set.header.intentLog, source: editor.reader).forEachBlock {
            blocks.append($0)
        }
        return blocks
    }

    /// Changes a block of an intent log, and seals it if wanted.
    func editLogBlock(
        _ block: LogBlock, isSealed: Bool = true, _ change: (inout [UInt8]) throws -> Void
    ) throws {
        let pointer = block.pointer
        var bytes = try editor.reader.read(pointer).bytes
        try change(&bytes)
        if isSealed {
            try EmbeddedChecksum.seal(
                &bytes, pointer.checksumAlgorithm, verifier: pointer.checksum, pointer.order)
        }
        try editor.overwrite(pointer.dva(0), with: bytes)
    }

    /// The object of a dataset's keys.
    func keyObject(_ name: String) throws -> UInt64 {
        try #require(try open().datasets().node(named: name)?.fields.cryptoKey)
    }
}
