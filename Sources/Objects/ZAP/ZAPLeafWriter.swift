import Bytes

/// Fills one leaf of a fat ZAP, chunk after chunk.
///
/// Mirrors `zap_leaf_init`, `zap_leaf_array_create` and `zap_entry_create` (`module/zfs/zap_leaf.c`).
struct ZAPLeafWriter {
    private typealias Chunk = ZAPLeaf.Layout.Chunk

    private let order: ByteOrder
    private let prefixLength: Int
    private let bucketShift: Int
    private let chunkStart: Int
    private let chunkCount: Int
    private var block: [UInt8]
    private var used = 0
    private var entryCount = 0

    init(
        blockSize: Int, prefix: UInt64, prefixLength: Int, order: ByteOrder
    ) throws(FormatError) {
        typealias Layout = ZAPLeaf.Layout
        self.order = order
        self.prefixLength = prefixLength
        bucketShift = blockSize.trailingZeroBitCount - 5
        chunkStart = Layout.headerSize + 2 << bucketShift
        chunkCount = ZAPLeaf.chunkCount(blockSize: blockSize)
        block = [UInt8](repeating: 0, count: blockSize)
        for index in Layout.headerSize..<chunkStart { block[index] = 0xff }
        try Layout.type.write(Layout.blockType, into: &block, order)
        try Layout.prefix.write(prefix, into: &block, order)
        try Layout.magic.write(Layout.magicNumber, into: &block, order)
        try Layout.prefixLength.write(UInt16(prefixLength), into: &block, order)
        // Chains are sorted by collision number (`ZLF_ENTRIES_CDSORTED`).
        try Layout.flags.write(1, into: &block, order)
    }

    /// The bytes of an entry's name as a leaf holds them, and how many integers they are.
    static func name(of entry: ZAPBuilder.Entry) -> (bytes: [UInt8], count: Int) {
        switch entry.key {
        case .name(let name): (name + [0], name.count + 1)
        case .words(let words):
            (
                words.flatMap { word in
                    (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - $0 * 8)) }
                }, words.count
            )
        }
    }

    /// Adds an entry; entries come in the order of their hashes and collision numbers.
    mutating func add(_ entry: ZAPBuilder.Entry, _ collision: UInt32) throws(FormatError) {
        let name = Self.name(of: entry)
        let nameChunk = try array(name.bytes)
        let valueChunk = try array(entry.value.bytes)
        let chunk = try take()
        var bytes = [UInt8](repeating: 0, count: ZAPLeaf.Layout.chunkSize)
        try Chunk.type.write(Chunk.entry, into: &bytes, order)
        try Chunk.integerSize.write(UInt8(entry.value.integerSize), into: &bytes, order)
        try Chunk.next.write(ZAPLeaf.Layout.chainEnd, into: &bytes, order)
        try Chunk.nameChunk.write(nameChunk, into: &bytes, order)
        try Chunk.nameCount.write(UInt16(name.count), into: &bytes, order)
        try Chunk.valueChunk.write(valueChunk, into: &bytes, order)
        try Chunk.valueCount.write(UInt16(entry.value.count), into: &bytes, order)
        try Chunk.collision.write(collision, into: &bytes, order)
        try Chunk.hash.write(entry.hash, into: &bytes, order)
        put(bytes, inChunk: chunk)
        try chain(chunk, hash: entry.hash)
        entryCount += 1
    }

    /// Puts an entry at the end of its bucket's chain, so that the lower collision number stands first.
    private mutating func chain(_ chunk: Int, hash: UInt64) throws(FormatError) {
        let shift = 64 - bucketShift - prefixLength
        let bucket =
            Int(truncatingIfNeeded: shift >= 0 ? hash >> UInt64(shift) : 0)
            & ((1 << bucketShift) - 1)
        var link = Field<UInt16>("l_hash", at: ZAPLeaf.Layout.headerSize + 2 * bucket)
        var next = try link.read(block.rawBytes, order)
        while next != ZAPLeaf.Layout.chainEnd {
            link = Field<UInt16>(
                "le_next", at: chunkStart + Int(next) * ZAPLeaf.Layout.chunkSize + Chunk.next.offset
            )
            next = try link.read(block.rawBytes, order)
        }
        try link.write(UInt16(chunk), into: &block, order)
    }

    /// Writes bytes into chunks that follow each other; returns the first.
    private mutating func array(_ contents: [UInt8]) throws(FormatError) -> UInt16 {
        let size = ZAPLeaf.Layout.arraySize
        let count = (contents.count + size - 1) / size
        let first = used
        for index in 0..<count {
            let chunk = try take()
            var bytes = [UInt8](repeating: 0, count: ZAPLeaf.Layout.chunkSize)
            try Chunk.type.write(Chunk.array, into: &bytes, order)
            let part = contents[index * size..<min(contents.count, (index + 1) * size)]
            let place = Chunk.arrayBytes.range.lowerBound
            bytes.replaceSubrange(place..<place + part.count, with: part)
            let next = index == count - 1 ? ZAPLeaf.Layout.chainEnd : UInt16(chunk + 1)
            try Chunk.arrayNext.write(next, into: &bytes, order)
            put(bytes, inChunk: chunk)
        }
        return count == 0 ? ZAPLeaf.Layout.chainEnd : UInt16(first)
    }

    private mutating func take() throws(FormatError) -> Int {
        guard used < chunkCount else {
            throw FormatError("zap_leaf_phys_t", .invalid("has no room for another entry"))
        }
        used += 1
        return used - 1
    }

    private mutating func put(_ bytes: [UInt8], inChunk chunk: Int) {
        let start = chunkStart + chunk * ZAPLeaf.Layout.chunkSize
        block.replaceSubrange(start..<start + bytes.count, with: bytes)
    }

    /// Chains the chunks that are left, and counts.
    mutating func finish() throws(FormatError) -> [UInt8] {
        typealias Layout = ZAPLeaf.Layout
        for chunk in used..<chunkCount {
            var bytes = [UInt8](repeating: 0, count: Layout.chunkSize)
            try Chunk.type.write(Chunk.free, into: &bytes, order)
            let next = chunk == chunkCount - 1 ? Layout.chainEnd : UInt16(chunk + 1)
            try Chunk.arrayNext.write(next, into: &bytes, order)
            put(bytes, inChunk: chunk)
        }
        try Layout.freeCount.write(UInt16(chunkCount - used), into: &block, order)
        try Layout.entryCount.write(UInt16(entryCount), into: &block, order)
        try Layout.freeList.write(
            used < chunkCount ? UInt16(used) : Layout.chainEnd, into: &block, order)
        return block
    }
}
