import Bytes
import Datasets
import Devices
import Vdevs

/// Which devices of a pool a commit goes to.
///
/// Not to those that are away, and not to those that were taken offline or have missed commits: their labels must stay
/// old, so that nobody takes them for current.
struct WritableLeaves {
    /// One that is written to.
    struct Leaf {
        let guid: GUID
        let device: any BlockDevice
        /// That of its top-level vdev.
        let ashift: UInt64
    }

    private(set) var leaves: [Leaf] = []
    /// Those that are not.
    private(set) var missed: Set<GUID> = []

    /// A device that was told by its contents has no label of the pool; it counts where it is among `labelled`.
    init(_ pool: Pool, labelling labelled: Set<GUID> = []) {
        let strange = pool.candidate.recognised.subtracting(labelled)
        let stale = Set(pool.candidate.members.filter(\.isStale).map(\.guid))
        for top in pool.rootConfig.children
        where top.kind != .hole && top.kind != .indirect && top.kind != .missing {
            for leaf in top.leaves where leaf.kind != .distributedSpare {
                let guid = leaf.guid ?? GUID(0)
                guard let device = pool.candidate.devices[guid], !leaf.isOffline,
                    !leaf.isFaulted, !leaf.isRemoved, !stale.contains(guid),
                    !strange.contains(guid),
                    let ashift = top.ashift
                else {
                    missed.insert(guid)
                    continue
                }
                leaves.append(Leaf(guid: guid, device: device, ashift: ashift))
            }
        }
    }
}
