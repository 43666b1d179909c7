import Bytes
import Objects
import Vdevs

extension PoolEditor {
    /// Changes the value of an entry of a fat ZAP of the MOS, whose length stays; its numbers stand there with their high
    /// bytes first.
    package mutating func editValue(
        inChunk index: Int, ofBlock block: UInt64, of zap: UInt64,
        _ change: (inout [UInt8]) throws -> Void
    ) throws {
        typealias Layout = ZAPLeaf.Layout
        let leaf = EditPlace.block(.meta, object: zap, index: block)
        let order = try pointer(to: leaf).order
        try edit(leaf) { bytes in
            // The header, the hash table of two bytes for each 32 of the block, then the chunks.
            let chunks = Layout.headerSize + bytes.count / 32 * 2
            func number(_ field: Field<UInt16>, of chunk: Int) throws -> Int {
                let start = chunks + chunk * Layout.chunkSize
                return Int(
                    try Field<UInt16>(field.name, at: start + field.offset)
                        .read(bytes.rawBytes, order))
            }
            let size = Int(
                bytes[chunks + index * Layout.chunkSize + Layout.Chunk.integerSize.offset])
            let count = try number(Layout.Chunk.valueCount, of: index) * size
            var chunk = try number(Layout.Chunk.valueChunk, of: index)
            var places: [Int] = []
            while places.count < count {
                let start = chunks + chunk * Layout.chunkSize + 1
                places += start..<start + min(Layout.arraySize, count - places.count)
                chunk = try number(Layout.Chunk.arrayNext, of: chunk)
            }
            var value = places.map { bytes[$0] }
            try change(&value)
            for (place, byte) in zip(places, value) { bytes[place] = byte }
        }
    }
}
