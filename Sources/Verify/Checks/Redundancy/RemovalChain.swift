import Datasets
import Vdevs

/// The order in which top-level vdevs were removed, as the state of removals and the vdevs themselves tell it.
///
/// Mirrors `spa_remove_init` (`module/zfs/vdev_removal.c`), which follows the chain from the newest removal back.
struct RemovalChain {
    /// Numbers of removed vdevs, the newest removal first.
    private(set) var ordered: [UInt64] = []
    /// Removed vdevs that the chain does not reach.
    private(set) var unreached: [UInt64] = []
    /// Why the chain can't go on where it ends; nil where it ends as it should.
    private(set) var flaw: String?

    init(_ pool: Pool) {
        let tops = pool.rootConfig.children
        var left = Set(tops.filter { $0.kind == .indirect }.compactMap(\.id))
        // Without a state, or with one that can't be read, there is no first link.
        var next = (try? pool.removal())?.previousIndirectVdev ?? .max
        while next != .max {
            guard let top = tops.first(where: { $0.id == next }), top.kind == .indirect else {
                flaw = "it leads to vdev \(next), which was not removed"
                break
            }
            guard left.remove(next) != nil else {
                flaw = "it comes to vdev \(next) a second time"
                break
            }
            ordered.append(next)
            next = top.previousIndirectVdev ?? .max
        }
        unreached = left.sorted()
    }

    /// Whether one removed vdev was removed before another, so that nothing of the other can have been copied to it; false
    /// where the chain does not tell.
    func isRemoved(_ vdev: UInt64, before other: UInt64) -> Bool {
        guard let place = ordered.firstIndex(of: vdev),
            let otherPlace = ordered.firstIndex(of: other)
        else { return false }
        return place > otherPlace
    }
}
