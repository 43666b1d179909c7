import Bytes
import Objects
import Vdevs

/// Reads which transaction groups devices missed, and tells the vdev tree.
///
/// Each list is a space map that counts transaction groups. A device whose label is older than its siblings' was away since
/// then, and nobody may have had the time to note that. Mirrors `vdev_dtl_load` (`module/zfs/vdev.c`).
struct MissedTxgs {
    let root: VdevConfig
    /// The devices at hand.
    let members: [PoolMember]
    let meta: MetaObjects

    /// More gaps than any device has; guards against a list made to fill the memory.
    private static let rangeLimit = 1 << 16

    func install(in vdevs: VdevTree) {
        var missed: [GUID: [Range<UInt64>]] = [:]
        for leaf in root.leaves {
            guard let guid = leaf.guid, let object = leaf.dtl, object != 0 else { continue }
            do throws(PoolError) {
                missed[guid] = try ranges(object)
            } catch {
                meta.notes.damage(
                    "vdev \(leaf.name)",
                    "which transaction groups it missed can't be read: \(error)",
                    code: .missedTxgs)
            }
        }
        for member in members where member.isStale {
            let last = member.txg?.rawValue ?? 0
            guard last < .max else { continue }
            missed[member.guid, default: []].append(last + 1..<UInt64.max)
        }
        vdevs.installMissedTxgs(missed)
    }

    private func ranges(_ object: UInt64) throws(PoolError) -> [Range<UInt64>] {
        var set = RangeSet()
        let problems = try meta.spaceMap(object).forEachEntry { entry in
            guard set.count < Self.rangeLimit, let range = entry.range(start: 0, shift: 0) else {
                return
            }
            switch entry.kind {
            case .allocation: set.insert(range)
            case .free: set.remove(range)
            }
        }
        for problem in problems {
            meta.damage(
                object, "DTL", problem.what, code: .spaceMap(problem.kind))
        }
        return set.ranges
    }
}
