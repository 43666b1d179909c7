import Blocks
import Bytes
import Datasets
import Files
import Objects
import TestSupport
import Vdevs

/// Finds one of each structure that a pool holds, by what its objects say they are.
struct FieldSpots {
    private let pool: Pool
    private(set) var all: [FieldSpot] = []
    private var known: Set<String> = []

    init(_ pool: Pool) throws {
        self.pool = pool
        add(
            FieldSpot(
                structure: "uberblock_t", owner: "the pool", place: .uberblock, start: 0,
                fields: Uberblock.Layout.fields, order: pool.uberblock.order))
        try visit(.meta, pool.meta.set)
        for dataset in try pool.datasets().datasets {
            guard let set = try? pool.objectSet(of: dataset), !dataset.rootPointer.isHole else {
                continue
            }
            let place = SetPlace.dataset(dataset.object)
            let kind = dataset.isSnapshot ? "a snapshot" : "a head"
            pointer(
                dataset.rootPointer, "the root of \(kind)", .bonus(.meta, dataset.object), 128
            )
            try visit(place, set)
        }
    }

    private mutating func add(_ spot: FieldSpot) {
        guard known.insert(spot.kind).inserted else { return }
        all.append(spot)
    }

    private mutating func pointer(
        _ pointer: BlockPointer, _ owner: String, _ place: FieldSpot.Place, _ start: Int
    ) {
        let kind = pointer.isEmbedded ? "blkptr_t with its block in it" : "blkptr_t"
        add(
            FieldSpot(
                structure: kind, owner: owner, place: place, start: start,
                fields: pointer.isEmbedded
                    ? Self.embeddedFields(pointer.physicalSize) : BlockPointer.Layout.fields,
                order: pointer.order))
    }

    /// The words of an embedded block and what is behind it, beside the properties and the birth.
    private static func embeddedFields(_ count: Int) -> [AnyField] {
        var fields = [
            AnyField(BlockPointer.Layout.properties), AnyField(BlockPointer.Layout.logicalBirth),
        ]
        let words = (0..<16).filter { $0 != 6 && $0 != 10 }
        for (place, word) in words.enumerated() {
            let name = place * 8 < count ? "payload" : "behind the payload"
            fields.append(AnyField("\(name), word \(word)", word * 8..<word * 8 + 8))
        }
        return fields
    }

    private mutating func visit(_ place: SetPlace, _ set: ObjectSet) throws {
        let owner = place == .meta ? "the MOS" : "a \(set.header.type)"
        let order = set.metaObject.order
        func header(_ structure: String, _ start: Int, _ fields: [AnyField]) {
            add(
                FieldSpot(
                    structure: structure, owner: owner, place: .block(.header(place)), start: start,
                    fields: fields, order: order))
        }
        header(
            "objset_phys_t", 0,
            [
                AnyField(ObjectSetHeader.Layout.type), AnyField(ObjectSetHeader.Layout.flags),
                ObjectSetHeader.Layout.portableMAC, ObjectSetHeader.Layout.localMAC,
            ])
        header("zil_header_t", 512, IntentLogHeader.Layout.fields)
        add(
            FieldSpot(
                structure: "dnode_phys_t", owner: "the meta dnode of \(owner)",
                place: .block(.header(place)), start: 0, fields: Dnode.Layout.fields, order: order))
        try set.forEachDnode { visit throws(ObjectError) in
            guard case .object(let object) = visit else { return }
            self.visit(object, place, owner)
        }
    }

    private mutating func visit(_ object: DMUObject, _ set: SetPlace, _ owner: String) {
        let place = FieldSpot.Place.dnode(set, object.number)
        let type = "\(object.type) of \(owner)"
        add(
            FieldSpot(
                structure: "dnode_phys_t", owner: type, place: place, start: 0,
                fields: Dnode.Layout.fields, order: object.order))
        if !object.dnode.pointer(0).isHole {
            let level = object.dnode.levels - 1
            pointer(
                object.dnode.pointer(0), "\(type), level \(level)", place, Dnode.Layout.tailOffset)
        }
        bonus(object, set, type)
        contents(object, set, type)
    }

    /// The structures of bonus buffers, by their types.
    private mutating func bonus(_ object: DMUObject, _ set: SetPlace, _ owner: String) {
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
        let (structure, fields) =
            known[object.dnode.bonusType]
            ?? ("bonus \(object.dnode.bonusType)", Fuzz.words(min(64, object.bonus.count)))
        add(
            FieldSpot(
                structure: structure, owner: owner, place: .bonus(set, object.number), start: 0,
                fields: fields.filter { $0.range.upperBound <= object.bonus.count },
                order: object.order))
    }

    /// The structures of an object's first block, by its type.
    private mutating func contents(_ object: DMUObject, _ set: SetPlace, _ owner: String) {
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
        switch object.type {
        case .blockPointerList: add("blkptr_t", 0, BlockPointer.Layout.fields)
        case .spaceMap: add("space map entries", 0, Fuzz.words(min(bytes.count, 32)))
        case .objectArray, .subordinateLists:
            add("object array", 0, Fuzz.words(min(bytes.count, 32)))
        case _ where object.type.content == .zap: zap(object, bytes, add)
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
}
