package import Bytes

/// Where the space of a removed top-level vdev was copied to.
///
/// It lies in an object of the MOS, so reading a pool starts without it; see `VdevTree.install`. Mirrors
/// `vdev_indirect_mapping_t` (`include/sys/vdev_indirect_mapping.h`).
package struct IndirectMapping: Sendable, Hashable {
    /// The size of an entry on disk in bytes.
    package static let entryByteCount = 24

    /// The entries in the order of their source; where two begin alike the later one in the object comes last.
    package let entries: [Entry]

    /// One piece of the removed vdev (`vdev_indirect_mapping_entry_phys_t`).
    package struct Entry: Sendable, Hashable {
        /// Bytes from the start of the removed vdev's allocatable space.
        package let source: UInt64
        /// The piece's new vdev and offset; its allocated size is the length of the piece.
        package let destination: DVA
        /// The bit that zdb uses while it counts references.
        package let mark: Bool

        package var byteCount: UInt64 { destination.allocatedSize }

        package init(source: UInt64, destination: DVA, mark: Bool = false) {
            self.source = source
            self.destination = destination
            self.mark = mark
        }
    }

    package init(entries: [Entry]) {
        let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.source <= $1.source }
        self.entries = isSorted ? entries : entries.sorted { $0.source < $1.source }
    }

    /// Decodes as many whole entries as `bytes` holds.
    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        var entries: [Entry] = []
        entries.reserveCapacity(bytes.byteCount / Self.entryByteCount)
        for index in 0..<bytes.byteCount / Self.entryByteCount {
            entries.append(try Entry(bytes, at: index * Self.entryByteCount, order))
        }
        self.init(entries: entries)
    }

    /// The entry that covers a byte of the removed vdev.
    package func entry(at offset: UInt64) -> Entry? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].source <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let entry = entries[low - 1]
        return offset - entry.source < entry.byteCount ? entry : nil
    }
}
