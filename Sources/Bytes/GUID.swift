/// The random 64-bit number by which ZFS knows a pool, a device or a dataset.
package struct GUID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
    package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Decimal, as all ZFS tools print it.
    package var description: String { String(rawValue) }
}
