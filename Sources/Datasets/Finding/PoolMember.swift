package import Bytes

/// A device that was found and what stands in its labels, as part of a pool.
package struct PoolMember: Sendable, Hashable {
    package let guid: GUID
    /// Its path, or for a partition the disk's with the number of the partition.
    package let name: String
    /// The txg of its label.
    package let txg: TransactionGroup?
    /// How many of its four labels are sound.
    package let soundLabels: Int
    /// Its label is older than others of its top-level vdev: it was away when they were written.
    package let isStale: Bool
    /// What is wrong with it; each a sentence without its full stop.
    package let notes: [String]
    /// How the device is shorter than its label says it must be; one of `notes`.
    package let shortfall: String?
}
