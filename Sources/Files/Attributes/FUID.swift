/// A user or group: a plain number, or a domain's number with an identity in that domain.
///
/// Mirrors `FUID_INDEX` and `FUID_RID` (`include/sys/zfs_fuid.h`).
package struct FUID: RawRepresentable, Sendable, Hashable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Which domain of the file system's table it belongs to, counted from 1; 0 for a POSIX number.
    package var domainIndex: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 32) }
    /// The number, or the identity within the domain (RID).
    package var identity: UInt32 { UInt32(truncatingIfNeeded: rawValue) }
    package var isPOSIX: Bool { domainIndex == 0 }
}

extension FUID: CustomStringConvertible {
    /// `1001`, or `3:1105` for identity 1105 of the third domain.
    package var description: String {
        isPOSIX ? String(identity) : "\(domainIndex):\(identity)"
    }
}
