import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// The block reference table of one vdev, which is to be written anew.
///
/// Mirrors what `brt_vdev_create` and `brt_vdev_sync` (`module/zfs/brt.c`) leave behind.
struct CloneTableRebuild: Sendable {
    /// A cloned block.
    struct Reference: Sendable {
        let offset: UInt64
        /// References besides the first.
        let extra: UInt64
        /// What the block is charged as.
        let charged: UInt64
    }

    let references: [Reference]
    private let vdev: UInt32
    /// The object of the counters, as the object directory names it.
    private let object: UInt64
    private let old: BlockReferences?
    private let pool: Pool

    /// The tables that the object directory names: vdevs and objects.
    static func tables(of pool: Pool) -> [(vdev: UInt32, object: UInt64)] {
        pool.directory.entries.compactMap { entry in
            guard entry.name.hasPrefix(ObjectDirectory.blockReferencesPrefix),
                let vdev = UInt32(
                    entry.name.dropFirst(ObjectDirectory.blockReferencesPrefix.count)),
                let object = entry.uint64
            else { return nil }
            return (vdev, object)
        }
    }

    init(
        vdev: UInt32, object: UInt64, _ blocks: [SharedBlocks.Key: SharingSurvey.Block],
        _ deduplicated: Set<SharedBlocks.Key>, _ pool: Pool
    ) {
        self.vdev = vdev
        self.object = object
        self.pool = pool
        let stored = try? pool.meta.object(object)
        old =
            stored?.dnode.bonusType == .wordMetadata
            ? try? BlockReferences(
                vdev: vdev, object: object, MetaObjects(pool.meta.set, notes: PoolNotes())) : nil
        var references: [UInt64: Reference] = [:]
        for (key, block) in blocks where key.isOn(vdev) && block.count > 1 {
            guard !deduplicated.contains(key) else { continue }
            references[key.place] = Reference(
                offset: key.place, extra: block.count - 1,
                charged: ChargedSpace(block.pointer, pool.deflation).used)
        }
        // How many of a block's references are counted in a dedup table can't be told.
        try? old?.forEachReference { reference in
            let key = SharedBlocks.Key(vdev: vdev, offset: reference.offset)
            guard deduplicated.contains(key), let block = blocks[key] else { return }
            references[reference.offset] = Reference(
                offset: reference.offset, extra: reference.extra,
                charged: ChargedSpace(block.pointer, pool.deflation).used)
        }
        self.references = references.values.sorted { $0.offset < $1.offset }
    }

    /// `BRT_BLOCKSIZE` in bytes.
    private static let blockSize = 32 << 10

    func apply(to transaction: inout Transaction) throws(RepairError) {
        let entries = try entryMap(in: &transaction.meta)
        let counters = try counterObject(in: &transaction.meta)
        let isWord = pool.features.isActive("block_cloning_endian")
        let values = references.map { reference in
            (
                [reference.offset],
                isWord
                    ? ZAPValue(word: reference.extra)
                    : ZAPValue(
                        integerSize: 1,
                        bytes: (0..<8).map { byte in
                            let place = UInt64(isLittle ? byte : 7 - byte)
                            return UInt8(truncatingIfNeeded: reference.extra >> (place * 8))
                        })
            )
        }
        try transaction.meta.edit(entries) { object throws(RepairError) in
            try object.replaceWordEntries(values)
        }
        try transaction.meta.edit(counters) { object throws(RepairError) in
            try write(entries: entries, to: &object)
        }
    }

    /// The order of what the table stores as bytes: that of the host which made it.
    private var isLittle: Bool { pool.meta.set.pointer.order == .little }

    private func write(entries: UInt64, to object: inout ObjectDraft) throws(RepairError) {
        let config = pool.rootConfig.children.enumerated().first {
            UInt64(vdev) == $0.element.id ?? UInt64($0.offset)
        }?.element
        let most = config?.mostReferenceCounters(rangeSize: BlockReferences.rangeSize) ?? 1
        let stored = old?.header.size ?? 0
        guard most <= 1 << 27 else {
            throw .changed("vdev \(vdev) has \(config?.asize ?? 0) bytes")
        }
        let size = stored == 0 || stored > most ? most : stored
        var counts = [UInt16](repeating: 0, count: Int(size))
        for reference in references {
            guard let region = Int(exactly: reference.offset / BlockReferences.rangeSize),
                counts.indices.contains(region)
            else { throw .changed("a cloned block lies past the end of vdev \(vdev)") }
            counts[region] &+= 1
        }
        let blockSize = try object.blockSize
        let perBlock = blockSize / 2
        guard perBlock > 0 else { throw .changed("the table of vdev \(vdev) has no blocks") }
        var blocks: [[UInt8]] = []
        for start in stride(from: 0, to: counts.count, by: perBlock) {
            let order = try object.order(ofBlock: UInt64(blocks.count))
            let bytes = counts[start..<min(start + perBlock, counts.count)].flatMap { count in
                let (low, high) = (UInt8(truncatingIfNeeded: count), UInt8(count >> 8))
                return order == .little ? [low, high] : [high, low]
            }
            blocks.append(bytes + [UInt8](repeating: 0, count: blockSize - bytes.count))
        }
        try object.replaceBlocks(blocks)
        try setHeader(entries: entries, size: size, of: &object)
    }

    private func setHeader(
        entries: UInt64, size: UInt64, of object: inout ObjectDraft
    ) throws(RepairError) {
        let order = object.order
        let used = references.reduce(UInt64(0)) { $0 &+ $1.charged }
        let saved = references.reduce(UInt64(0)) { $0 &+ $1.charged &* $1.extra }
        let isLittle = isLittle
        try object.editBonus { bytes throws(FormatError) in
            typealias Layout = BlockReferencesHeader.Layout
            try Layout.entries.write(entries, into: &bytes, order)
            try Layout.size.write(size, into: &bytes, order)
            try Layout.byteOrder.write(isLittle ? 0 : 1, into: &bytes, order)
            try Layout.totalCount.write(UInt64(references.count), into: &bytes, order)
            try Layout.rangeSize.write(BlockReferences.rangeSize, into: &bytes, order)
            try Layout.usedSpace.write(used, into: &bytes, order)
            try Layout.savedSpace.write(saved, into: &bytes, order)
        }
    }

    private func counterObject(in meta: inout ObjectSetDraft) throws(RepairError) -> UInt64 {
        if old != nil { return object }
        let new = try meta.add(
            type: .wordMetadata, blockSize: Self.blockSize, indirectBlockShift: 17,
            bonusType: .wordMetadata,
            bonus: [UInt8](repeating: 0, count: BlockReferencesHeader.byteCount))
        let name = "\(ObjectDirectory.blockReferencesPrefix)\(vdev)"
        try meta.edit(ObjectDirectory.objectNumber) { directory throws(RepairError) in
            try directory.setWord(name, new)
        }
        return new
    }

    private func entryMap(in meta: inout ObjectSetDraft) throws(RepairError) -> UInt64 {
        if let number = old?.header.entries, let zap = try? pool.meta.zap(number), !zap.isMicro,
            zap.object.type == .zapMetadata, zap.hash.flags.contains(.wordKeys)
        {
            return number
        }
        return try meta.addWordZAP(
            type: .zapMetadata, flags: [.hash64, .wordKeys], blockShift: 13)
    }
}
