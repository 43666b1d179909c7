package import Bytes

/// When the parts of a removed vdev were copied.
///
/// Each entry tells of all bytes before its offset that no earlier entry told of. Mirrors `vdev_indirect_births_t`
/// (`include/sys/vdev_indirect_births.h`).
package struct IndirectBirths: Sendable, Hashable {
    /// The size of an entry on disk in bytes.
    package static let entryByteCount = 16
    /// Bytes of the bonus, which has their number (`vdev_indirect_birth_phys_t`).
    package static let headerByteCount = 8

    package let entries: [Entry]

    /// `vdev_indirect_birth_entry_phys_t`.
    package struct Entry: Sendable, Hashable {
        /// Where the part ends, in bytes.
        package let end: UInt64
        package let physicalBirth: TransactionGroup
    }

    /// Decodes as many whole entries as `bytes` holds.
    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        var entries: [Entry] = []
        for index in 0..<bytes.byteCount / Self.entryByteCount {
            do {
                let own = try bytes.slice(
                    at: index * Self.entryByteCount, count: Self.entryByteCount)
                entries.append(
                    Entry(
                        end: try own.integer(at: Layout.end.offset, order),
                        physicalBirth: TransactionGroup(
                            try own.integer(at: Layout.physicalBirth.offset, order))))
            } catch {
                throw FormatError("vdev_indirect_birth_entry_phys_t", .outOfBounds(error))
            }
        }
        self.entries = entries
    }

    /// When the byte at `offset` was copied (`vdev_indirect_births_physbirth`).
    package func physicalBirth(at offset: UInt64) -> TransactionGroup? {
        entries.first { offset < $0.end }?.physicalBirth
    }
}

extension IndirectBirths {
    /// Where the fields of `vdev_indirect_birth_entry_phys_t` lie.
    package enum Layout {
        package static let end = Field<UInt64>("vibe_offset", at: 0)
        package static let physicalBirth = Field<UInt64>("vibe_phys_birth_txg", at: 8)
        /// In the bonus of the object.
        package static let count = Field<UInt64>("vib_count", at: 0)

        package static let fields = [AnyField(end), AnyField(physicalBirth)]
    }
}
