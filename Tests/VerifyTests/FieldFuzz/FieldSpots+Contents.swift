import Bytes
import Datasets
import Files
import Objects
import TestSupport
import Vdevs

/// What objects hold: in their bonus buffers, and in their first blocks.
extension FieldSpots {
    /// The structures of bonus buffers, by their types.
    mutating func bonus(_ object: DMUObject, _ set: SetPlace, _ owner: String) {
        let known: [ObjectType: (String, [AnyField])] = [
            .dslDirectory: ("dsl_dir_phys_t", DSLDirectory.Layout.fields),
            .dslDataset: ("dsl_dataset_phys_t", DSLDataset.Layout.fields),
            .spaceMapHeader: ("space_map_phys_t", SpaceMapHeader.Layout.fields),
            .blockPointerListHeader: ("bpobj_phys_t", BlockPointerListHeader.Layout.fields),
            .deadlistHeader: ("dsl_deadlist_phys_t", DeadlistHeader.Layout.fields),
            .historyOffsets: ("spa_history_phys_t", HistoryHeader.Layout.fields),
            .systemAttributes: ("sa_hdr_phys_t", AttributeHeader.Layout.fields),
            .packedNVListSize: ("packed nvlist size", Fuzz.words(8)),
        ]
        guard !object.bonus.isEmpty else { return }
        func add(_ structure: String, _ start: Int, _ fields: [AnyField]) {
            self.add(
                FieldSpot(
                    structure: structure, owner: owner, place: .bonus(set, object.number),
                    start: start,
                    fields: fields.filter { start + $0.range.upperBound <= object.bonus.count },
                    order: object.order))
        }
        if object.dnode.bonusType == .znode {
            add("znode_phys_t", 0, Fuzz.words(Self.oldACLOffset))
            add("zfs_acl_phys_t", Self.oldACLOffset, StoredACL.Layout.fields)
            return
        }
        let (structure, fields) =
            (set == .meta ? roles.bonuses[object.number].map { ($0.name, $0.fields) } : nil)
            ?? known[object.dnode.bonusType]
            ?? ("bonus \(object.dnode.bonusType)", Fuzz.words(min(64, object.bonus.count)))
        add(structure, 0, fields)
    }

    /// `zp_acl` in `znode_phys_t` (`include/sys/zfs_znode.h`).
    private static let oldACLOffset = 176

    /// The structures of an object's first block, by its type.
    mutating func contents(_ object: DMUObject, _ set: SetPlace, _ owner: String) {
        guard object.type.isMetadata, let pointer = try? object.tree.pointer(level: 0, index: 0),
            !pointer.isHole, let bytes = try? object.block(0)
        else { return }
        func add(_ structure: String, _ start: Int, _ fields: [AnyField], index: UInt64 = 0) {
            let place = EditPlace.block(set, object: object.number, index: index)
            self.add(
                FieldSpot(
                    structure: structure, owner: owner, place: .block(place), start: start,
                    fields: fields, order: pointer.order))
        }
        if set == .meta, let own = roles.contents[object.number] {
            for role in own {
                add(
                    role.name, role.start,
                    role.fields.filter { role.start + $0.range.upperBound <= bytes.count },
                    index: role.index)
            }
            return
        }
        switch object.type {
        case .blockPointerList: add("blkptr_t", 0, BlockPointer.Layout.fields)
        case .spaceMap: add("space map entries", 0, Fuzz.words(min(bytes.count, 32)))
        case .packedNVList:
            add("packed nvlist header", 0, NVList.Layout.fields)
            add("bytes of \(object.type)", 0, Fuzz.words(min(bytes.count, 64)))
        case .objectArray, .subordinateLists:
            add("object array", 0, Fuzz.words(min(bytes.count, 32)))
        case _ where object.type.content == .zap:
            zap(object, bytes, add)
            if set == .meta, object.blockCount > 1 { values(object, owner) }
        case _ where object.type.content == .uint64:
            add("words of \(object.type)", 0, Fuzz.words(min(bytes.count, 64)))
        default:
            add("bytes of \(object.type)", 0, Fuzz.words(min(bytes.count, 64)))
        }
    }

    private func zap(
        _ object: DMUObject, _ bytes: [UInt8],
        _ add: (String, Int, [AnyField], UInt64) -> Void
    ) {
        let slot = MicroZAP.Layout.slotSize
        if object.blockCount == 1 {
            add("mzap_phys_t", 0, MicroZAP.Layout.fields, 0)
            let used = stride(from: slot, to: bytes.count, by: slot).first { bytes[$0 + 14] != 0 }
            if let used { add("mzap_ent_phys_t", used, MicroZAP.Layout.Slot.fields, 0) }
            return
        }
        add("zap_phys_t", 0, FatZAPHeader.Layout.fields, 0)
        let half = bytes.count / 2
        add("zap_phys_t pointer table", half, Fuzz.words(32), 0)
        add("zap_leaf_phys_t", 0, ZAPLeaf.Layout.fields, 1)
        guard let leaf = try? object.block(1) else { return }
        let chunks = ZAPLeaf.Layout.headerSize + leaf.count / 16
        let chunk = stride(from: chunks, to: leaf.count, by: ZAPLeaf.Layout.chunkSize)
            .first { leaf[$0] == ZAPLeaf.Layout.Chunk.entry }
        add("zap_leaf_phys_t hash table", ZAPLeaf.Layout.headerSize, Fuzz.words(16, width: 2), 1)
        if let chunk { add("zap_leaf_chunk_t", chunk, ZAPLeaf.Layout.Chunk.fields, 1) }
    }

    /// The structures in values of a fat table of the MOS, whose numbers stand there with their high bytes first.
    private mutating func values(_ object: DMUObject, _ owner: String) {
        guard let entries = try? pool.meta.zap(object.number).contents().entries else { return }
        for entry in entries {
            let isDirectory = object.number == ObjectDirectory.objectNumber
            var role = roles.values[object.number]
            if isDirectory { role = FieldRoles.directoryValue(entry.name) }
            if object.type == .dedupTable {
                role = FieldRoles.Structure("ddt_phys_t", Fuzz.words(min(64, entry.bytes.count)))
            }
            guard let role else { continue }
            let count = entry.bytes.count
            let bookmark = try? Bookmark(words: entry.words, minimum: Bookmark.firstFormWords)
            let isLeft = roles.values[object.number] != nil && bookmark?.snapshotExists == false
            self.add(
                FieldSpot(
                    structure: role.name,
                    owner: isLeft ? "\(owner) whose snapshot is gone" : owner,
                    place: .value(zap: object.number, block: entry.block, chunk: entry.chunk),
                    start: 0, fields: role.fields.filter { $0.range.upperBound <= count },
                    order: .big))
        }
    }
}
