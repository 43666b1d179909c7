package import Bytes
package import Devices
package import Vdevs

/// A pool as the labels of the devices at hand describe it: what is there, what is missing, and what stands in
/// the way of an import.
///
/// It is what `scan` prints and what a `Pool` is opened from. No object of the pool has been read for it, so
/// each fact may be stale where the labels are.
package struct PoolCandidate: Sendable {
    /// The pool's name; empty where no label gives one.
    package var name: String
    package var guid: GUID
    /// What the label with the newest txg says of the pool: version, state, host, features for read.
    package var config: NVList
    /// The whole tree: a root with every top-level vdev that some label describes, each from the newest label
    /// that describes it; those that no label describes are of kind `missing`, freed numbers of kind `hole`.
    ///
    /// A removed vdev leaves no label, so it looks like a missing one until the MOS has been read.
    package var root: VdevConfig
    /// The device at hand for each leaf, and every spare and cache that was found, by its vdev GUID.
    package var devices: [GUID: any BlockDevice]
    /// The devices of `devices` that are leaves, in the order of the tree.
    package var members: [PoolMember] = []
    /// Devices that the tree names and that were not found.
    package var missing: [MissingDevice] = []
    /// The uberblock that ZFS would choose on the devices at hand.
    package var newestUberblock: Uberblock?
    package var obstacles: [ImportObstacle] = []
    /// Where devices are missing: all that was looked at and is none of this pool's by its labels.
    package var strangers: [any BlockDevice] = []
    /// The leaves whose devices bear no label of the pool and were told by their contents.
    package var recognised: Set<GUID> = []
    /// The uberblock to open the pool at, where its only device is one that was detached and whose rings hold none.
    package var detached: Uberblock?
    /// What else is odd about the pool's devices.
    package var notes: [DeviceNote] = []

    package init(
        name: String, guid: GUID, config: NVList, root: VdevConfig,
        devices: [GUID: any BlockDevice]
    ) {
        self.name = name
        self.guid = guid
        self.config = config
        self.root = root
        self.devices = devices
    }

    /// What the newest label says, apart from the vdev tree.
    package var identity: PoolIdentity { PoolIdentity(config) }
    package var state: PoolState? { identity.state }
    /// What `zpool import` would call it, as far as the devices tell.
    package var health: VdevHealth { VdevHealth(of: root, present: Set(devices.keys)) }

    /// The devices that hold the pool's own labels and uberblocks, without idle spares and caches, whose
    /// rings may come from another pool.
    package var leafDevices: [any BlockDevice] {
        root.leaves.compactMap { leaf in
            leaf.guid.flatMap { recognised.contains($0) ? nil : devices[$0] }
        }
    }

    /// How messages name it: `tank (GUID 1234)`.
    package var title: String { "\(name.isEmpty ? "a pool without a name" : name) (GUID \(guid))" }
}
