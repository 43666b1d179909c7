import Bytes

extension ZAPLeaf {
    /// `count` bytes from the chain of array chunks that begins at `first`; nil where it is damaged.
    func array(_ first: UInt16, count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        guard count > 0 else { return bytes }
        guard count <= chunkCount * Layout.arraySize else { return nil }
        bytes.reserveCapacity(count)
        var next = Int(first)
        while bytes.count < count {
            guard next < chunkCount, type(ofChunk: next) == Layout.Chunk.array else { return nil }
            let start = offset(ofChunk: next) + Layout.Chunk.arrayBytes.range.lowerBound
            let length = min(Layout.arraySize, count - bytes.count)
            bytes.append(contentsOf: self.bytes[start..<start + length])
            next = Int(self.next(afterChunk: next))
        }
        return bytes
    }

    /// The key of an entry, a name without its NUL; nil where its chain is damaged.
    func key(of entry: ZAPLeafEntry, isWords: Bool) -> ZAPEntry.Key? {
        if isWords {
            return array(entry.nameChunk, count: Int(entry.nameCount) * 8)
                .map { .words(ZAPValue(integerSize: 8, bytes: $0).words) }
        }
        guard var name = array(entry.nameChunk, count: Int(entry.nameCount)) else { return nil }
        if let end = name.firstIndex(of: 0) { name.removeSubrange(end...) }
        return .name(name)
    }
}
