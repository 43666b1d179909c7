import Bytes
import Objects
import Vdevs

/// Reads which transaction groups the sides of mirrors missed, and tells the vdev tree.
///
/// Only sides of mirrors, replacements and spares are looked at: elsewhere nothing is chosen by it. Each list is a space
/// map that counts transaction groups. Mirrors `vdev_dtl_load` (`module/zfs/vdev.c`).
struct MissedTxgs {
    let root: VdevConfig
    let meta: MetaObjects

    /// More gaps than any device has; guards against a list made to fill the memory.
    private static let rangeLimit = 1 << 16

    func install(in vdevs: VdevTree) {
        var missed: [GUID: [Range<UInt64>]] = [:]
        for parent in root.all where parent.kind.isMirrorLike {
            for leaf in parent.children.flatMap(\.leaves) {
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
