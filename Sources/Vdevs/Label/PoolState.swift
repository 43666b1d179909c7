/// What a label says of the pool's life. Values this version does not know are kept.
///
/// Mirrors `pool_state_t` (`include/sys/fs/zfs.h`).
package struct PoolState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// In use, or not exported before its host went down.
    package static let active = Self(rawValue: 0)
    package static let exported = Self(rawValue: 1)
    package static let destroyed = Self(rawValue: 2)
    /// The device is a hot spare.
    package static let spare = Self(rawValue: 3)
    /// The device is an L2ARC device.
    package static let l2cache = Self(rawValue: 4)

    private static let names = ["active", "exported", "destroyed", "spare", "l2cache"]

    package var isKnown: Bool { rawValue < UInt64(Self.names.count) }

    package var description: String {
        isKnown ? Self.names[Int(rawValue)] : "state \(rawValue)"
    }
}
