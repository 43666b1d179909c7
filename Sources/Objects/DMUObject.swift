package import Blocks
package import Bytes
package import Vdevs

/// One object of an object set: a dnode together with the way to its blocks.
package struct DMUObject: Sendable {
    /// The most bytes that one `read` gives, a guard against sizes that damage made up.
    package static let readLimit = 1 << 28

    /// Its number in its object set.
    package let number: UInt64
    package let tree: IndirectTree

    package var dnode: Dnode { tree.dnode }
    /// What its blocks are read from.
    package var source: any BlockSource { tree.source }
    package var type: ObjectType { tree.dnode.type }

    /// An object that stands alone: `source` gives its blocks.
    package init(
        number: UInt64, dnode: Dnode, source: any BlockSource, cache: BlockCache = BlockCache()
    ) {
        self.number = number
        tree = IndirectTree(dnode: dnode, object: number, source: source, cache: cache)
    }

    init(number: UInt64, _ dnode: Dnode, in set: ObjectSet) {
        self.init(number: number, dnode: dnode, source: set.source, cache: set.cache)
    }

    /// The size of a data block in bytes.
    package var blockSize: Int { dnode.dataBlockSize }
    /// How many data blocks there are, holes included; `UInt64.max` where the dnode says more.
    package var blockCount: UInt64 {
        dnode.maximumBlockID == .max ? .max : dnode.maximumBlockID + 1
    }
    /// Bytes up to the end of the last block; `UInt64.max` where that overflows.
    package var byteCount: UInt64 {
        let (product, overflow) = blockCount.multipliedReportingOverflow(by: UInt64(blockSize))
        return overflow ? .max : product
    }
    /// How much of the object is not holes, in percent, going by the fill counts of the dnode's pointers.
    ///
    /// For the meta dnode the counts are of dnodes, a slot each. Mirrors `%full` of zdb.
    package var fillPercentage: Double {
        var fill = 0.0
        for index in 0..<Int(dnode.pointerCount) where !dnode.pointer(index).isHole {
            fill += Double(dnode.pointer(index).fill)
        }
        let unit = type == .dnode ? Double(Dnode.slotSize) : Double(blockSize)
        return 100 * fill * unit / Double(byteCount)
    }
    /// A copy of the bonus, never longer than the dnode has room for.
    package var bonus: [UInt8] { dnode.bonus }
    /// The order of the bonus; each block has its own.
    package var order: ByteOrder { dnode.order }

    /// Whether nothing is stored for the data block of that index.
    package func isHole(_ index: UInt64) throws(ObjectError) -> Bool {
        try checkIndex(index)
        return try tree.pointer(level: 0, index: index).isHole
    }

    /// The bytes of a data block; a hole reads as zeros.
    package func block(_ index: UInt64) throws(ObjectError) -> [UInt8] {
        try checkIndex(index)
        return try tree.block(index: index)?.bytes
            ?? [UInt8](repeating: 0, count: blockSize)
    }

    /// A data block with its pointer and order, nil for a hole; kept in the cache where it is metadata.
    package func orderedBlock(_ index: UInt64) throws(ObjectError) -> TreeBlock? {
        try checkIndex(index)
        return try tree.block(index: index, cached: type.isMetadata)
    }

    /// The spill block, nil where there is none.
    package func spill() throws(ObjectError) -> TreeBlock? {
        guard let pointer = dnode.spillPointer, !pointer.isHole else { return nil }
        do {
            return TreeBlock(try tree.source.read(pointer, at: .spill(object: number)), pointer)
        } catch {
            throw ObjectError(object: number, .block(level: 0, index: 0, error))
        }
    }

    /// `count` bytes of the object's data, at most `readLimit`; throws where they pass its end.
    package func read(at offset: UInt64, count: Int) throws(ObjectError) -> [UInt8] {
        guard count >= 0, count <= Self.readLimit else {
            throw ObjectError(object: number, .limit("a read of \(count) bytes"))
        }
        guard UInt64(count) <= byteCount, offset <= byteCount - UInt64(count) else {
            throw ObjectError(
                object: number,
                .outOfRange("\(count) bytes at \(offset) reach past its end at \(byteCount)"))
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        let size = UInt64(blockSize)
        while bytes.count < count {
            // Sound: bytes.count < count, and offset + count does not pass byteCount.
            let place = offset + UInt64(bytes.count)
            let block = try block(place / size)
            let start = Int(truncatingIfNeeded: place % size)
            bytes += block[start..<min(block.count, start + count - bytes.count)]
        }
        return bytes
    }

    /// Visits the pointers of the object's tree; see `IndirectTree.forEachPointer`.
    package func forEachBlockPointer<Failure: Error>(
        includingHoles: Bool = false, _ visit: (IndirectTree.Step) throws(Failure) -> Void
    ) throws(Failure) {
        try tree.forEachPointer(includingHoles: includingHoles) {
            step throws(Failure) -> IndirectTree.Descent in
            try visit(step)
            return .into
        }
    }

    private func checkIndex(_ index: UInt64) throws(ObjectError) {
        guard index <= dnode.maximumBlockID else {
            throw ObjectError(
                object: number,
                .outOfRange("block \(index) lies past the last, \(dnode.maximumBlockID)"))
        }
    }
}
