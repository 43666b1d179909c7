import Bytes

/// One entry of a space map: a run that was allocated or freed.
///
/// Offset and length are in units of the map's own shift, relative to its start: sectors of the vdev for a
/// metaslab, of 512 bytes in a log space map, transaction groups in a DTL. Mirrors `space_map_entry_t`
/// (`include/sys/space_map.h`).
package struct SpaceMapEntry: Sendable, Hashable {
    package enum Kind: UInt8, Sendable {
        case allocation = 0
        case free = 1
    }

    package let kind: Kind
    /// How many words it takes: 1 or 2.
    package let wordCount: UInt8
    /// The vdev it says it belongs to; nil in entries of one word.
    package let vdev: UInt32?
    /// In units of the map.
    package let offset: UInt64
    /// In units of the map, at least 1.
    package let run: UInt64
    /// The txg of the debug entry before it, 0 where there was none.
    package let txg: UInt64
    /// The sync pass of that debug entry.
    package let syncPass: UInt16
    /// Where in the map's object the entry stands, in bytes.
    package let position: UInt64

    package init(
        _ kind: Kind, offset: UInt64, run: UInt64, vdev: UInt32? = nil, wordCount: UInt8 = 1,
        txg: UInt64 = 0, syncPass: UInt16 = 0, position: UInt64 = 0
    ) {
        self.kind = kind
        self.offset = offset
        self.run = run
        self.vdev = vdev
        self.wordCount = wordCount
        self.txg = txg
        self.syncPass = syncPass
        self.position = position
    }

    /// The bytes it covers on its vdev, for a map that begins at `start` and counts units of
    /// `1 << shift` bytes; nil where that passes 64 bits.
    package func range(start: UInt64, shift: UInt8) -> Range<UInt64>? {
        guard shift < 64, offset <= .max >> UInt64(shift), run <= .max >> UInt64(shift) else {
            return nil
        }
        let (lower, overflow) = start.addingReportingOverflow(offset << UInt64(shift))
        let (upper, past) = lower.addingReportingOverflow(run << UInt64(shift))
        return overflow || past ? nil : lower..<upper
    }
}
