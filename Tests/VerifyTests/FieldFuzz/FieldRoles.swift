import Bytes
import Datasets
import Objects
import TestSupport
import Vdevs

/// What the objects of the MOS hold whose types do not tell it: by who leads to them.
struct FieldRoles {
    /// A structure and its fields.
    struct Structure {
        let name: String
        let fields: [AnyField]
        /// The block that it stands in, and where, in bytes from the block's start.
        let index: UInt64
        let start: Int

        init(_ name: String, _ fields: [AnyField], index: UInt64 = 0, start: Int = 0) {
            self.name = name
            self.fields = fields
            self.index = index
            self.start = start
        }
    }

    /// What stands in the bonus.
    private(set) var bonuses: [UInt64: Structure] = [:]
    /// What stands in the blocks.
    private(set) var contents: [UInt64: [Structure]] = [:]
    /// What stands in the values of a table.
    private(set) var values: [UInt64: Structure] = [:]

    init(_ pool: Pool) throws {
        for top in pool.config?.root?.children ?? [] { follow(top, pool) }
        for entry in pool.directory.entries {
            guard let object = entry.uint64 else { continue }
            if entry.name.hasPrefix(ObjectDirectory.blockReferencesPrefix) {
                bonuses[object] = Structure("brt_vdev_phys_t", BlockReferencesHeader.Layout.fields)
                let header = try? pool.meta.object(object).bonus(as: BlockReferencesHeader.self)
                contents[object] = [
                    Structure(
                        "counts of a brt_vdev_phys_t",
                        Self.words(Int(clamping: min(16, header?.size ?? 0)) * 2, of: 2))
                ]
            }
        }
        for table in pool.dedupTables() { try follow(table) }
        if let trees = pool.directory.object(.destroyedTrees) {
            bonuses[trees] = Structure("bptree_phys_t", BlockPointerTree.Layout.fields)
            contents[trees] = [
                Structure("bptree_entry_phys_t", BlockPointerTree.Entry.Layout.fields)
            ]
        }
        for dataset in try pool.datasets().datasets {
            if let bookmarks = dataset.fields.bookmarks {
                values[bookmarks] = Structure("zfs_bookmark_phys_t", Bookmark.Layout.fields)
            }
            for bookmark in pool.bookmarks(of: dataset) {
                let list = bookmark.bookmark.redactionList
                bonuses[list] = Structure("redaction_list_phys_t", RedactionList.Layout.fields)
                contents[list] = [Structure("redact_block_phys_t", RedactedRange.Layout.fields)]
            }
        }
    }

    private mutating func follow(_ top: VdevConfig, _ pool: Pool) {
        if let mapping = top.indirectObject, let object = try? pool.meta.object(mapping) {
            bonuses[mapping] = Structure(
                "vdev_indirect_mapping_phys_t", IndirectMappingHeader.Layout.fields)
            contents[mapping] = [
                Structure(
                    "vdev_indirect_mapping_entry_phys_t", IndirectMapping.Entry.Layout.fields)
            ]
            let header = try? IndirectMappingHeader(object.bonus.rawBytes, object.order)
            if let counts = header?.countsObject {
                contents[counts] = [Structure("obsolete counts", Self.words(16, of: 4))]
            }
        }
        if let births = top.indirectBirths {
            bonuses[births] = Structure(
                "vdev_indirect_birth_phys_t", [AnyField(IndirectBirths.Layout.count)])
            contents[births] = [
                Structure("vdev_indirect_birth_entry_phys_t", IndirectBirths.Layout.fields)
            ]
        }
        if let txgs = VdevZAP(top.topZAP, pool.meta, top.name).unflushedTxgs {
            contents[txgs] = [Structure("ms_unflushed_phys_txgs", Self.words(32, of: 8))]
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

    /// The logs of a table: the first record of each that counts and has references, one that waits for its block to be freed,
    /// and one for which another stands.
    private mutating func follow(_ table: DedupTable) throws {
        let logged = table.logged()
        for log in table.logs {
            let number = log.object.number
            bonuses[number] = Structure("ddt_log_header_t", DedupLogHeader.Layout.fields)
            var seen: Set<DedupKey> = []
            var found: [String: Structure] = [:]
            // Of several records of a key the last counts.
            for record in try Self.records(of: log, isFlat: table.isFlat).reversed() {
                let entry = record.record.entry
                var name = "ddt_log_record_t"
                if !seen.insert(entry.key).inserted || logged[entry.key]?.log != number {
                    name += " for which a later one stands"
                } else if entry.variants.allSatisfy({ !$0.isInUse }) {
                    name += " of a pruned block"
                } else if entry.references == 0 {
                    name += " of a freed block"
                }
                found[name] = Structure(
                    name, Self.dedupRecord, index: record.index, start: record.start)
            }
            contents[number] = found.values.sorted { $0.name < $1.name }
        }
    }

    private static func records(
        of log: DedupLog, isFlat: Bool
    ) throws -> [(record: DedupLogRecord, index: UInt64, start: Int)] {
        var all: [(DedupLogRecord, UInt64, Int)] = []
        let size = UInt64(max(1, log.object.blockSize))
        for index in 0..<log.header.length / size {
            guard let block = try log.object.orderedBlock(index) else { continue }
            var start = 0
            for record in try DedupLogRecord.records(
                in: block.bytes.rawBytes, block.order, isFlat: isFlat)
            {
                all.append((record, index, start))
                start += record.byteCount
            }
        }
        return all
    }

    /// The header of a record, the key behind it and the flat form of the value.
    private static let dedupRecord: [AnyField] =
        [AnyField("dlr_info", 0..<8)]
        + DedupKey.Layout.fields.map {
            AnyField($0.name, $0.range.lowerBound + 8..<$0.range.upperBound + 8)
        }
        + [
            "ddp_dva[0].dva_word[0]", "ddp_dva[0].dva_word[1]", "ddp_dva[1].dva_word[0]",
            "ddp_dva[1].dva_word[1]", "ddp_dva[2].dva_word[0]", "ddp_dva[2].dva_word[1]",
            "ddp_refcnt", "ddp_phys_birth", "ddp_class_start",
        ].enumerated().map { AnyField($1, 48 + $0 * 8..<56 + $0 * 8) }

    private static func words(_ count: Int, of width: Int) -> [AnyField] {
        stride(from: 0, to: count, by: width).map {
            AnyField("word \($0 / width)", $0..<$0 + width)
        }
    }
}
