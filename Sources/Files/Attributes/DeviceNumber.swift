/// The number of the device that a special file stands for.
///
/// illumos and FreeBSD store major and minor in a half of the word each, Linux the kernel's own 32 bits
/// with 20 for the minor. Mirrors `zfs_expldev` of each port (`zfs_znode_os.c`).
package struct DeviceNumber: Sendable, Hashable {
    /// As stored.
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package var major: UInt32 {
        rawValue >> 32 != 0
            ? UInt32(truncatingIfNeeded: rawValue >> 32)
            : UInt32(truncatingIfNeeded: rawValue >> 20)
    }

    package var minor: UInt32 {
        rawValue >> 32 != 0
            ? UInt32(truncatingIfNeeded: rawValue)
            : UInt32(truncatingIfNeeded: rawValue & 0xf_ffff)
    }
}

extension DeviceNumber: CustomStringConvertible {
    package var description: String { "\(major):\(minor)" }
}
