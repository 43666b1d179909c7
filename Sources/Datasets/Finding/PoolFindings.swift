package import Devices

/// What a search came upon.
package struct PoolFindings: Sendable {
    /// Sorted by name and GUID.
    package var pools: [PoolCandidate]
    /// Hot spares that stand ready; their labels do not say for which pool.
    package var spares: [FoundDevice]
    /// Cache devices; their labels do not say of which pool.
    package var caches: [FoundDevice]
    /// Everything else that was looked at, in the order of the search.
    package var rejected: [RejectedDevice]
    /// Folders that could not be listed.
    package var failures: [DeviceError]
}
