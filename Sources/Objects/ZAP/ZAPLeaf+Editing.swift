import Bytes

extension ZAPLeaf {
    /// Where in the block the value of an entry begins, by its chunk; nil where the entry leads to no chunk of a value.
    package func placeOfValue(ofEntry chunk: Int) -> Int? {
        guard (0..<chunkCount).contains(chunk) else { return nil }
        let value = Int(entry(inChunk: chunk).valueChunk)
        guard value < chunkCount, type(ofChunk: value) == Layout.Chunk.array else { return nil }
        return offset(ofChunk: value) + Layout.Chunk.arrayBytes.range.lowerBound
    }
}
