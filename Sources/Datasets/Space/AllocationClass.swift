/// What a top-level vdev is for. Mirrors `vdev_alloc_bias_t` (`include/sys/vdev_impl.h`).
package enum AllocationClass: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    case normal
    /// Intent logs.
    case log
    /// Metadata and small blocks.
    case special
    /// Dedup tables.
    case dedup

    package var description: String { rawValue }
}
