package import Bytes
import Synchronization

extension VdevTree {
    /// Tells which transaction groups each leaf missed while it was away, by the leaf's GUID.
    ///
    /// A side of a mirror that never got a block is then asked last for it. The lists (DTLs) are space maps in the MOS, so
    /// whoever opens a pool installs them afterwards. Mirrors `vdev_dtl_contains` (`module/zfs/vdev.c`) as
    /// `vdev_mirror_child_select` (`module/zfs/vdev_mirror.c`) asks it.
    package func installMissedTxgs(_ missed: [GUID: [Range<UInt64>]]) {
        let known = missed.filter { !$0.value.isEmpty }
        missedTxgs.withLock { $0 = known }
        hasMissedTxgs.store(!known.isEmpty, ordering: .releasing)
    }

    /// Whether a leaf was away when blocks of that birth were written.
    package func hasMissed(_ birth: TransactionGroup, leaf: GUID) -> Bool {
        guard hasMissedTxgs.load(ordering: .acquiring) else { return false }
        return missedTxgs.withLock { missed in
            missed[leaf]?.contains { $0.contains(birth.rawValue) } ?? false
        }
    }

    /// Whether a leaf missed anything at all.
    func hasMissedAny(leaf: GUID) -> Bool {
        guard hasMissedTxgs.load(ordering: .acquiring) else { return false }
        return missedTxgs.withLock { $0[leaf] != nil }
    }
}

extension Member {
    /// The sides of a mirror in the order in which they are asked: those that missed the block last.
    static func inReadingOrder(_ members: [Member], _ place: VdevPlace) -> [Member] {
        guard place.tree.hasMissedTxgs.load(ordering: .acquiring) else { return members }
        let behind = members.map { $0.hasMissed(place) }
        guard behind.contains(true) else { return members }
        return zip(members, behind).filter { !$0.1 }.map(\.0)
            + zip(members, behind).filter(\.1).map(\.0)
    }

    private func hasMissed(_ place: VdevPlace) -> Bool {
        switch self {
        case .leaf(let leaf): place.tree.hasMissed(place.birth, leaf: leaf.guid)
        case .sides(let members): members.allSatisfy { $0.hasMissed(place) }
        case .distributedSpare, .absent: false
        }
    }
}
