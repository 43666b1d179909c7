import Blocks
import Bytes
import Codecs
import Datasets
import Files
import Objects
import TestSupport
import Vdevs

/// Finds one of each structure that a pool holds, by what its objects say they are.
struct FieldSpots {
    let pool: Pool
    let roles: FieldRoles
    private(set) var all: [FieldSpot] = []
    private var known: Set<String> = []

    init(_ pool: Pool) throws {
        self.pool = pool
        roles = try FieldRoles(pool)
        add(
            FieldSpot(
                structure: "uberblock_t", owner: "the pool", place: .uberblock, start: 0,
                fields: Uberblock.Layout.fields, order: pool.uberblock.order))
        add(
            FieldSpot(
                structure: "vdev_boot_envblock_t", owner: "a label", place: .bootEnvironment,
                start: 0, fields: [AnyField(BootEnvironment.Layout.version)], order: .big))
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
            // A snapshot is never replayed.
            if !dataset.isSnapshot { log(of: set, dataset.object) }
        }
    }

    mutating func add(_ spot: FieldSpot) {
        guard known.insert(spot.kind).inserted else { return }
        all.append(spot)
    }

    private mutating func pointer(
        _ pointer: BlockPointer, _ owner: String, _ place: FieldSpot.Place, _ start: Int
    ) {
        var kind = pointer.isEmbedded ? "blkptr_t with its block in it" : "blkptr_t"
        if !pointer.isEmbedded, [.off, .noparity].contains(pointer.checksumAlgorithm) {
            kind = "blkptr_t without a checksum"
        }
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
        gangHeader(object, set, type)
        compressed(object, set, type)
        bonus(object, set, type)
        contents(object, set, type)
    }
}
