import Bytes
import Datasets
import Objects
import Vdevs

/// When blocks came to where they lie that were on vdevs which have been removed since: the births on disk that a pointer to
/// such a block can have.
///
/// The kernel gives a pointer the block's new address and this birth when it writes the pointer anyway (`remap_blkptr_cb`,
/// `module/zfs/metaslab.c`).
struct MovedBirths: Sendable {
    private let births: [UInt32: IndirectBirths]
    /// Whether those of all vdevs could be read, and are in order.
    private let isComplete: Bool
    private let groups: Set<TransactionGroup>

    init(_ pool: Pool) {
        var births: [UInt32: IndirectBirths] = [:]
        var isComplete = true
        for (index, top) in pool.rootConfig.children.enumerated() {
            guard let number = top.indirectBirths, number != 0 else { continue }
            if let vdev = UInt32(exactly: top.id ?? UInt64(index)),
                let own = try? Self.read(number, pool), own.isPlausible(in: pool)
            {
                births[vdev] = own
            } else {
                isComplete = false
            }
        }
        self.births = births
        self.isComplete = isComplete
        groups = Set(births.values.flatMap { $0.entries.map(\.physicalBirth) })
    }

    private static func read(_ number: UInt64, _ pool: Pool) throws -> IndirectBirths {
        let object = try pool.meta.object(number)
        let count = try IndirectBirths.Layout.count.read(object.bonus.rawBytes, object.order)
        let size = UInt64(IndirectBirths.entryByteCount)
        guard count <= object.byteCount / size, let length = Int(exactly: count * size) else {
            throw FormatError(IndirectBirths.Layout.count.name, .badValue(count))
        }
        let order = try object.orderedBlock(0)?.order ?? object.order
        let bytes = try object.read(at: 0, count: length)
        return try IndirectBirths(bytes.rawBytes, order)
    }

    /// Whether a block may have that birth on disk, for having been moved.
    func contains(_ group: TransactionGroup) -> Bool { !isComplete || groups.contains(group) }

    /// The birth of a block of a removed vdev that was moved to another address, at once or by way of vdevs that were removed
    /// later; nil where that can't be told.
    func birth(of old: DVA, at new: DVA, _ vdevs: VdevTree) -> TransactionGroup? {
        var (vdev, offset) = (old.vdev, old.offset)
        for _ in vdevs.tops {
            guard let entry = vdevs.mapping(of: vdev)?.entry(at: offset) else { return nil }
            let birth = births[vdev]?.physicalBirth(at: offset)
            vdev = entry.destination.vdev
            // Sound: both are below 2^63.
            offset = entry.destination.offset &+ (offset - entry.source)
            if vdev == new.vdev, offset == new.offset { return birth }
        }
        return nil
    }
}

extension IndirectBirths {
    /// Whether one part follows on another in place and time, none of them yet to come.
    fileprivate func isPlausible(in pool: Pool) -> Bool {
        entries.allSatisfy { $0.physicalBirth <= pool.txg }
            && zip(entries, entries.dropFirst()).allSatisfy {
                $0.end <= $1.end && $0.physicalBirth <= $1.physicalBirth
            }
    }
}
