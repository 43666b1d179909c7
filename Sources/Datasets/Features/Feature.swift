package import Bytes

/// A feature that a pool has enabled, with what the pool says of it.
package struct Feature: Sendable, Hashable {
    package let guid: String
    /// How many things on the pool use it; 0 while it is merely enabled.
    package let references: UInt64
    /// A reader must know it once it is in use; otherwise only a writer must.
    package let isNeededForReading: Bool
    /// When it was enabled, where the pool keeps that.
    package let enabledTxg: TransactionGroup?
    /// What the writer of the pool said of it.
    package let description: String?

    package init(
        guid: String, references: UInt64, isNeededForReading: Bool,
        enabledTxg: TransactionGroup? = nil, description: String? = nil
    ) {
        self.guid = guid
        self.references = references
        self.isNeededForReading = isNeededForReading
        self.enabledTxg = enabledTxg
        self.description = description
    }

    package var known: KnownFeature? { KnownFeature.named(guid: guid) }
    package var isActive: Bool { references > 0 }
    /// The short name; the GUID string where this version does not know the feature.
    package var name: String { known?.name ?? guid }
    /// The state that zpool(8) prints.
    package var state: String { isActive ? "active" : "enabled" }

    package var record: Record {
        var record = Record([
            "name": .text(name),
            "state": .text(state),
            "references": .number(references),
            "for": .text(isNeededForReading ? "read" : "write"),
        ])
        record.add("enabled_txg", enabledTxg.map { .txg($0) })
        record.add("guid", .text(guid))
        record.add("known", .flag(known != nil))
        record.add("purpose", (known?.purpose ?? description).map { .text($0) })
        return record
    }
}
