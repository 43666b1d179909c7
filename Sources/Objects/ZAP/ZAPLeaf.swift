package import Bytes

/// A block of a fat ZAP that holds the entries whose hashes begin with one prefix.
///
/// A header, a hash table of 16-bit chunk numbers, and chunks of 24 bytes that form chains. Nothing but
/// the header is checked here; see `ZAPLeafReader`. Mirrors `zap_leaf_phys_t` (`include/sys/zap_leaf.h`).
package struct ZAPLeaf: Sendable {
    /// The index of the leaf's block in its object.
    package let block: UInt64
    /// The bits that the hashes of all its entries begin with, as a number.
    package let prefix: UInt64
    /// How many bits that are.
    package let prefixLength: UInt16
    package let freeCount: UInt16
    package let entryCount: UInt16
    /// The first free chunk.
    package let freeList: UInt16
    /// Bit 0: the chains are sorted by collision number (`ZLF_ENTRIES_CDSORTED`).
    package let flags: UInt8
    let bytes: [UInt8]
    let order: ByteOrder
    /// Log2 of the number of hash buckets (`ZAP_LEAF_HASH_SHIFT`).
    let bucketShift: Int
    /// `ZAP_LEAF_NUMCHUNKS`; never more than 65534.
    package let chunkCount: Int
    /// Where the chunks begin in the block, in bytes.
    private let chunkStart: Int

    /// Decodes the header of a leaf; `bytes` is the whole block, `block` its index in the object.
    package init(_ bytes: [UInt8], _ order: ByteOrder, block: UInt64) throws(FormatError) {
        let raw = bytes.rawBytes
        let type = try Layout.type.read(raw, order)
        guard type == Layout.blockType else {
            throw FormatError(Layout.type.name, .badMagic(type))
        }
        let magic = try Layout.magic.read(raw, order)
        guard magic == Layout.magicNumber else {
            throw FormatError(Layout.magic.name, .badMagic(UInt64(magic)))
        }
        prefix = try Layout.prefix.read(raw, order)
        prefixLength = try Layout.prefixLength.read(raw, order)
        freeCount = try Layout.freeCount.read(raw, order)
        entryCount = try Layout.entryCount.read(raw, order)
        freeList = try Layout.freeList.read(raw, order)
        flags = try Layout.flags.read(raw, order)
        guard bytes.count >= 512, bytes.count & (bytes.count - 1) == 0 else {
            throw FormatError(
                "zap_leaf_phys_t", .invalid("stands in a block of \(bytes.count) bytes"))
        }
        self.bytes = bytes
        self.order = order
        self.block = block
        bucketShift = bytes.count.trailingZeroBitCount - 5
        let tableSize = 2 << bucketShift
        chunkStart = Layout.headerSize + tableSize
        chunkCount = Self.chunkCount(blockSize: bytes.count)
    }

    /// The chunks of a leaf of that size in bytes (`ZAP_LEAF_NUMCHUNKS`); never more than 65534.
    static func chunkCount(blockSize: Int) -> Int {
        let tableSize = 2 << (blockSize.trailingZeroBitCount - 5)
        return min(
            (blockSize - tableSize) / Layout.chunkSize - 2, Int(Layout.chainEnd) - 1)
    }

    /// Whether chains are sorted by collision number.
    var isSorted: Bool { flags & 1 != 0 }

    /// Where a byte of the header is set that is always zero, the unknown flags included.
    var firstUsedPadding: Int? {
        if flags & ~1 != 0 { return Layout.flags.offset }
        let padding = [Layout.padding1.offset..<Layout.padding1.offset + 8, Layout.padding2.range]
        for range in padding {
            if let place = bytes[range].firstIndex(where: { $0 != 0 }) { return place }
        }
        return nil
    }

    var bucketCount: Int { 1 << bucketShift }
    /// Where a chunk lies in the block, in bytes.
    func offset(ofChunk chunk: Int) -> Int { chunkStart + chunk * Layout.chunkSize }

    /// Where a bucket lies in the block, in bytes.
    func offset(ofBucket bucket: Int) -> Int { Layout.headerSize + 2 * bucket }

    /// The first chunk of a bucket's chain.
    func bucket(_ index: Int) -> UInt16 { load(offset(ofBucket: index)) }

    /// The bucket that entries of this hash belong to, going by the stored prefix length (`LEAF_HASH`).
    func bucketIndex(of hash: UInt64) -> Int {
        let shift = 64 - bucketShift - Int(prefixLength)
        return Int(truncatingIfNeeded: (shift >= 0 ? hash >> shift : 0)) & (bucketCount - 1)
    }

    /// Whether entries of this hash belong to the leaf, going by its own prefix.
    func covers(_ hash: UInt64) -> Bool {
        prefixLength == 0
            ? prefix == 0 : prefixLength <= 64 && hash >> (64 - prefixLength) == prefix
    }

    func type(ofChunk chunk: Int) -> UInt8 { bytes[offset(ofChunk: chunk)] }

    /// The chunk that follows an array or free chunk.
    func next(afterChunk chunk: Int) -> UInt16 {
        load(offset(ofChunk: chunk) + Layout.Chunk.arrayNext.offset)
    }

    /// The 64-bit value that an array chunk begins with; values have their high byte first in either order.
    func word(inChunk chunk: Int) -> UInt64 {
        load(offset(ofChunk: chunk) + Layout.Chunk.arrayBytes.range.lowerBound, .big)
    }

    /// The entry that stands in a chunk, whatever its type says; `chunk` is one of the leaf.
    func entry(inChunk chunk: Int) -> ZAPLeafEntry {
        let start = offset(ofChunk: chunk)
        return ZAPLeafEntry(
            chunk: chunk, integerSize: bytes[start + Layout.Chunk.integerSize.offset],
            next: load(start + Layout.Chunk.next.offset),
            nameChunk: load(start + Layout.Chunk.nameChunk.offset),
            nameCount: load(start + Layout.Chunk.nameCount.offset),
            valueChunk: load(start + Layout.Chunk.valueChunk.offset),
            valueCount: load(start + Layout.Chunk.valueCount.offset),
            collision: load(start + Layout.Chunk.collision.offset),
            hash: load(start + Layout.Chunk.hash.offset))
    }

    /// An integer inside the block; the offsets come from checked chunk and bucket numbers.
    private func load<Value: FixedWidthInteger & BitwiseCopyable>(
        _ offset: Int, _ order: ByteOrder? = nil
    ) -> Value {
        do {
            return try bytes.rawBytes.integer(at: offset, order ?? self.order)
        } catch {
            preconditionFailure("a chunk outside its leaf: \(error)")
        }
    }
}
