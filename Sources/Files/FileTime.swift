package import Bytes

/// A moment in the life of a file, before 1970 and after 2038 too.
///
/// ZFS stores two words, of which the first is signed. Mirrors `ZFS_TIME_ENCODE`
/// (`include/sys/zfs_znode.h`).
package struct FileTime: Sendable, Hashable {
    /// Seconds since 1970, UTC; negative before.
    package let seconds: Int64
    /// 0 to 999,999,999 unless damaged; kept as stored.
    package let nanoseconds: UInt64

    package init(seconds: Int64, nanoseconds: UInt64) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The two words at `offset` of `bytes`.
    package init(
        _ name: String, _ bytes: RawSpan, at offset: Int, _ order: ByteOrder
    ) throws(FormatError) {
        do {
            seconds = try bytes.integer(at: offset, order)
            nanoseconds = try bytes.integer(at: offset + 8, order)
        } catch {
            throw FormatError(name, .outOfBounds(error))
        }
    }

    /// Nanoseconds since 1970, where they fit.
    package var totalNanoseconds: Int64? {
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow, let rest = Int64(exactly: nanoseconds) else { return nil }
        let (sum, carried) = whole.addingReportingOverflow(rest)
        return carried ? nil : sum
    }

    package var value: Record.Value { .instant(seconds: seconds, nanoseconds: nanoseconds) }
}
