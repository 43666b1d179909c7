package import Bytes

extension ZAPBuilder {
    /// Entries that share a leaf: those whose hashes begin with its prefix.
    private struct Share {
        var prefix: UInt64
        var length: Int
        var entries: ArraySlice<Numbered>
    }

    /// An entry with its number among those of the same hash.
    struct Numbered {
        let entry: Entry
        let collision: UInt32
    }

    /// A fat ZAP in blocks of `blockSize` bytes, header first.
    ///
    /// Throws where entries can't be told apart by their hashes, or one does not fit a leaf.
    package func fat(_ entries: [Entry], blockSize: Int) throws(FormatError) -> [[UInt8]] {
        precondition(blockSize >= 1024 && blockSize & (blockSize - 1) == 0, "no size of a ZAP")
        let numbered = zip(entries, Self.collisions(entries)).map(Numbered.init)
            .sorted { ($0.entry.hash, $0.collision) < ($1.entry.hash, $1.collision) }
        var leaves: [Share] = []
        try divide(
            Share(prefix: 0, length: 0, entries: numbered[...]), blockSize: blockSize, into: &leaves
        )
        let deepest = leaves.map(\.length).max() ?? 0
        let blockShift = blockSize.trailingZeroBitCount
        let embedded = blockShift - 4
        // A table of its own has whole blocks, a power of two of them.
        let shift = deepest <= embedded ? embedded : max(deepest, blockShift - 3)
        let tableBlocks = deepest <= embedded ? 0 : 1 << (shift - (blockShift - 3))
        var table = [UInt64](repeating: 0, count: 1 << shift)
        for (index, leaf) in leaves.enumerated() {
            let width = shift - leaf.length
            let first = Int(leaf.prefix) << width
            for slot in first..<first + 1 << width {
                table[slot] = UInt64(1 + tableBlocks + index)
            }
        }
        var blocks = [
            try header(
                leafCount: leaves.count, entryCount: entries.count, tableBlocks: tableBlocks,
                shift: shift, embedded: tableBlocks == 0 ? table : [], blockSize: blockSize)
        ]
        let perBlock = blockSize / 8
        for block in 0..<tableBlocks {
            blocks.append(words(table[block * perBlock..<(block + 1) * perBlock]))
        }
        for leaf in leaves { blocks.append(try self.leaf(leaf, blockSize: blockSize)) }
        return blocks
    }

    /// Cuts a share in two by the next bit of the hash until each half fits a leaf.
    private func divide(
        _ share: Share, blockSize: Int, into leaves: inout [Share]
    ) throws(FormatError) {
        let room = ZAPLeaf.chunkCount(blockSize: blockSize)
        let needed = share.entries.reduce(0) { $0 + Self.chunkCount($1.entry) }
        guard needed > room else {
            leaves.append(share)
            return
        }
        let bit = UInt64(1) << UInt64(63 - share.length)
        guard share.length < Self.deepest else {
            throw FormatError("zap_leaf_phys_t", .invalid("can't hold all entries of one hash"))
        }
        let middle = share.entries.firstIndex { $0.entry.hash & bit != 0 } ?? share.entries.endIndex
        for (half, entries) in [share.entries[..<middle], share.entries[middle...]].enumerated() {
            try divide(
                Share(
                    prefix: share.prefix << 1 | UInt64(half), length: share.length + 1,
                    entries: entries), blockSize: blockSize, into: &leaves)
        }
    }

    /// A table of more slots would need more memory than any ZAP is worth.
    private static let deepest = 24

    private func header(
        leafCount: Int, entryCount: Int, tableBlocks: Int, shift: Int, embedded: [UInt64],
        blockSize: Int
    ) throws(FormatError) -> [UInt8] {
        typealias Layout = FatZAPHeader.Layout
        var block = [UInt8](repeating: 0, count: blockSize)
        try Layout.type.write(Layout.blockType, into: &block, order)
        try Layout.magic.write(Layout.magicNumber, into: &block, order)
        try Layout.tableBlock.write(tableBlocks == 0 ? 0 : 1, into: &block, order)
        try Layout.tableBlockCount.write(UInt64(tableBlocks), into: &block, order)
        try Layout.tableShift.write(UInt64(shift), into: &block, order)
        try Layout.freeBlock.write(UInt64(1 + tableBlocks + leafCount), into: &block, order)
        try Layout.leafCount.write(UInt64(leafCount), into: &block, order)
        try Layout.entryCount.write(UInt64(entryCount), into: &block, order)
        try Layout.salt.write(salt, into: &block, order)
        try Layout.normalization.write(normalization, into: &block, order)
        try Layout.flags.write(flags.rawValue, into: &block, order)
        if !embedded.isEmpty {
            block.replaceSubrange(blockSize / 2..<blockSize, with: words(embedded[...]))
        }
        return block
    }

    private func words(_ words: ArraySlice<UInt64>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(words.count * 8)
        for word in words {
            for index in UInt64(0)..<8 {
                let shift = order == .little ? index * 8 : 56 - index * 8
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return bytes
    }

    private func leaf(_ share: Share, blockSize: Int) throws(FormatError) -> [UInt8] {
        var writer = try ZAPLeafWriter(
            blockSize: blockSize, prefix: share.prefix, prefixLength: share.length, order: order)
        for numbered in share.entries { try writer.add(numbered.entry, numbered.collision) }
        return try writer.finish()
    }

    /// Chunks that an entry takes: itself, its name, its value.
    private static func chunkCount(_ entry: Entry) -> Int {
        let size = ZAPLeaf.Layout.arraySize
        let name = ZAPLeafWriter.name(of: entry).bytes.count
        return 1 + (name + size - 1) / size + (entry.value.bytes.count + size - 1) / size
    }
}
