package import Bytes

/// A block of a cache device's log: which buffers were written, and where the log block before it is.
///
/// Its own magic number tells the byte order. Mirrors `l2arc_log_blk_phys_t` (`include/sys/arc_impl.h`).
package struct L2ARCLogBlock: Sendable, Hashable {
    /// Its size in bytes when it is expanded.
    package static let byteCount = 64 << 10
    /// The most entries that fit (`L2ARC_LOG_BLK_MAX_ENTRIES`).
    package static let entryLimit = 1022

    package let order: ByteOrder
    /// `lb_prev_lbp`: the last but one log block before this one, since two chains take turns.
    package let previous: L2ARCLogPointer
    package let entries: [L2ARCLogEntry]

    /// Decodes an expanded block; the header of the device says how many entries each has.
    package init(_ bytes: RawSpan, entryCount: UInt64) throws(FormatError) {
        let magic = try Layout.magic.read(bytes, .little)
        switch magic {
        case Layout.magicNumber: order = .little
        case Layout.magicNumber.byteSwapped: order = .big
        default: throw FormatError(Layout.magic.name, .badMagic(magic))
        }
        previous = try L2ARCLogPointer(bytes, at: Layout.previous.range.lowerBound, order)
        guard entryCount <= UInt64(Self.entryLimit) else {
            throw FormatError(L2ARCHeader.Layout.logEntries.name, .badValue(entryCount))
        }
        var entries: [L2ARCLogEntry] = []
        for index in 0..<Int(entryCount) {
            let own: RawSpan
            do {
                own = try bytes.slice(
                    at: Layout.entries + index * L2ARCLogEntry.byteCount,
                    count: L2ARCLogEntry.byteCount)
            } catch {
                throw FormatError("lb_entries[\(index)]", .outOfBounds(error))
            }
            entries.append(try L2ARCLogEntry(own, order))
        }
        self.entries = entries
    }

    /// Where each field of `l2arc_log_blk_phys_t` lies.
    package enum Layout {
        /// `LOGBLKHD` in ASCII.
        package static let magicNumber: UInt64 = 0x4c4f_4742_4c4b_4844

        package static let magic = Field<UInt64>("lb_magic", at: 0)
        package static let previous = AnyField("lb_prev_lbp", 8..<72)
        package static let padding = AnyField("lb_pad", 72..<128)
        /// `lb_entries`, one after the other.
        package static let entries = 128

        package static let fields = [AnyField(magic), previous, padding]
    }
}
