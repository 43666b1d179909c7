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
    package var root: VdevConfig
    /// The device at hand for each leaf, spare and cache, by its vdev GUID.
    package var devices: [GUID: any BlockDevice]

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
}
