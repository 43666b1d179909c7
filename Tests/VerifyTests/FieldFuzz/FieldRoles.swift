import Bytes
import Datasets
import Objects
import Vdevs

/// What the objects of the MOS hold whose types do not tell it: by who leads to them.
struct FieldRoles {
    /// A structure and its fields.
    struct Structure {
        let name: String
        let fields: [AnyField]

        init(_ name: String, _ fields: [AnyField]) {
            self.name = name
            self.fields = fields
        }
    }

    /// What stands in the bonus.
    private(set) var bonuses: [UInt64: Structure] = [:]
    /// What the first block begins with.
    private(set) var contents: [UInt64: Structure] = [:]
    /// What stands in the values of a table.
    private(set) var values: [UInt64: Structure] = [:]

    init(_ pool: Pool) throws {
        for top in pool.config?.root?.children ?? [] { follow(top, pool) }
        for entry in pool.directory.entries {
            guard let object = entry.uint64 else { continue }
            if entry.name.hasPrefix(ObjectDirectory.blockReferencesPrefix) {
                bonuses[object] = Structure("brt_vdev_phys_t", BlockReferencesHeader.Layout.fields)
                let header = try? pool.meta.object(object).bonus(as: BlockReferencesHeader.self)
                contents[object] = Structure(
                    "counts of a brt_vdev_phys_t",
                    Self.words(Int(clamping: min(16, header?.size ?? 0)) * 2, of: 2))
            } else if entry.name.hasPrefix("DDT-"), !entry.name.contains("-zap-"),
                let inner = try? pool.meta.zap(object).contents().entries
            {
                for log in inner where log.name.hasPrefix("DDT-log-") {
                    guard let number = log.uint64 else { continue }
                    bonuses[number] = Structure("ddt_log_header_t", DedupLogHeader.Layout.fields)
                    let header = try? pool.meta.object(number).bonus(as: DedupLogHeader.self)
                    guard header?.length ?? 0 > 0 else { continue }
                    contents[number] = Structure("ddt_log_record_t", Self.dedupRecord)
                }
            }
        }
        if let trees = pool.directory.object(.destroyedTrees) {
            bonuses[trees] = Structure("bptree_phys_t", BlockPointerTree.Layout.fields)
            contents[trees] = Structure("bptree_entry_phys_t", BlockPointerTree.Entry.Layout.fields)
        }
        for dataset in try pool.datasets().datasets {
            if let bookmarks = dataset.fields.bookmarks {
                values[bookmarks] = Structure("zfs_bookmark_phys_t", Bookmark.Layout.fields)
            }
            for bookmark in pool.bookmarks(of: dataset) {
                let list = bookmark.bookmark.redactionList
                bonuses[list] = Structure("redaction_list_phys_t", RedactionList.Layout.fields)
                contents[list] = Structure("redact_block_phys_t", RedactedRange.Layout.fields)
            }
        }
    }

    private mutating func follow(_ top: VdevConfig, _ pool: Pool) {
        if let mapping = top.indirectObject, let object = try? pool.meta.object(mapping) {
            bonuses[mapping] = Structure(
                "vdev_indirect_mapping_phys_t", IndirectMappingHeader.Layout.fields)
            contents[mapping] = Structure(
                "vdev_indirect_mapping_entry_phys_t", IndirectMapping.Entry.Layout.fields)
            let header = try? IndirectMappingHeader(object.bonus.rawBytes, object.order)
            if let counts = header?.countsObject {
                contents[counts] = Structure("obsolete counts", Self.words(16, of: 4))
            }
        }
        if let births = top.indirectBirths {
            bonuses[births] = Structure(
                "vdev_indirect_birth_phys_t", [AnyField(IndirectBirths.Layout.count)])
            contents[births] = Structure(
                "vdev_indirect_birth_entry_phys_t", IndirectBirths.Layout.fields)
        }
        if let txgs = VdevZAP(top.topZAP, pool.meta, top.name).unflushedTxgs {
            contents[txgs] = Structure("ms_unflushed_phys_txgs", Self.words(32, of: 8))
        }
    }

    /// What an entry of the object directory holds in itself.
    static func directoryValue(_ name: String) -> Structure? {
        switch ObjectDirectory.Key(rawValue: name) {
        case .scan: Structure("dsl_scan_phys_t", ScanState.Layout.fields)
        case .errorScrub: Structure("dsl_errorscrub_phys_t", ErrorScrubState.Layout.fields)
        case .removing: Structure("spa_removing_phys_t", RemovalState.Layout.fields)
        case .condensing:
            Structure("spa_condensing_indirect_phys_t", CondensingState.Layout.fields)
        case .checkpoint: Structure("checkpointed uberblock_t", Uberblock.Layout.fields)
        default: nil
        }
    }

    /// The header of a record, the key behind it and the first words of the value.
    private static let dedupRecord: [AnyField] =
        [AnyField("dlr_info", 0..<8)]
        + DedupKey.Layout.fields.map {
            AnyField($0.name, $0.range.lowerBound + 8..<$0.range.upperBound + 8)
        } + (0..<8).map { AnyField("dlr_payload, word \($0)", 48 + $0 * 8..<56 + $0 * 8) }

    private static func words(_ count: Int, of width: Int) -> [AnyField] {
        stride(from: 0, to: count, by: width).map {
            AnyField("word \($0 / width)", $0..<$0 + width)
        }
    }
}
