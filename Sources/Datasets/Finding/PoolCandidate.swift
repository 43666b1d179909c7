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
    /// The whole tree: a root with every top-level vdev that some label describes; those that no label
    /// describes are nodes of kind `missing`, and freed numbers are of kind `hole`.
    package var tree: VdevNode
    /// The device at hand for each leaf, spare and cache, by its vdev GUID.
    package var devices: [GUID: any BlockDevice]

    package init(name: String, guid: GUID, tree: VdevNode, devices: [GUID: any BlockDevice]) {
        self.name = name
        self.guid = guid
        self.tree = tree
        self.devices = devices
    }
}
