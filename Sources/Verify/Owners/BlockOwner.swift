package import Bytes
package import Vdevs

/// Who owns a piece of space: a block of an object, or whatever else keeps it allocated.
package struct BlockOwner: Sendable, Hashable {
    /// Where the block stands, and why it takes space.
    package let place: BlockPlace
    /// The object type that its pointer says; nil where no pointer owns the space.
    package let type: ObjectType?
    /// When it was born; nil where no pointer owns the space.
    package let birth: TransactionGroup?
    /// The space it takes there, whole.
    package let range: SpaceRange
    /// The dataset or snapshot; nil where its name is not known.
    package var dataset: String?
    /// The file within the dataset; nil where it is none or the name is not known.
    package var path: String?
    /// Where in the object the block's contents begin, and how long they are, in bytes; nil above level 0.
    package var contents: Range<UInt64>?

    package init(
        place: BlockPlace, type: ObjectType? = nil, birth: TransactionGroup? = nil,
        range: SpaceRange
    ) {
        self.place = place
        self.type = type
        self.birth = birth
        self.range = range
    }
}

extension BlockOwner {
    package var record: Record {
        var record = Record(["owner": .text(place.origin.name)])
        record.add("dataset", dataset.map { .text($0) })
        if place.hasObject {
            record.add("objset", .number(place.objectSet))
            record.add("object", .number(place.object))
            record.add("level", .signed(Int64(place.level)))
            record.add("blkid", .number(place.index))
        }
        record.add("path", path.map { .text($0) })
        record.add("contents_offset", contents.map { .offset($0.lowerBound) })
        record.add("contents_size", contents.map { .bytes($0.upperBound - $0.lowerBound) })
        record.add("type", type.map { .text("\($0)") })
        record.add("birth", birth.map { .txg($0) })
        for entry in range.record.entries { record.add(entry.name, entry.value) }
        return record
    }

    /// One line for a person: `tank/home:/mail/inbox (object 34), level 0, block 7`.
    package var text: String {
        switch place.origin {
        case .tree: treeText
        case .destroyedTree: "a destroyed dataset that is being freed"
        case .intentLog: "the intent log of \(dataset ?? "object set \(place.objectSet)")"
        case .deferredFree: "blocks to be freed in the next transaction group"
        case .freeList: "a destroyed snapshot that is being freed"
        case .destroyedClone: "a destroyed clone that is being freed"
        case .dedupLog: "a deduplicated block that is freed when its log is flushed"
        case .checkpoint: "the checkpoint alone"
        case .removal: "the copy of a vdev that is being removed"
        }
    }

    private var treeText: String {
        let set = place.objectSet == 0 ? "mos" : dataset ?? "objset:\(place.objectSet)"
        if place.level == BlockPlace.rootLevel { return "\(set), its object set" }
        if place.object == 0 { return "\(set), its dnodes, \(blockText)" }
        let kind = type.map { " (\($0))" } ?? ""
        if let path { return "\(set):\(path) (object \(place.object)), \(blockText)" }
        return "\(set)#\(place.object)\(kind), \(blockText)"
    }

    private var blockText: String {
        if place.index == BlockPlace.spillIndex { return "spill block" }
        return place.level == 0
            ? "block \(place.index)" : "level \(place.level), block \(place.index)"
    }
}

extension BlockPlace {
    /// Whether object, level and index mean anything.
    var hasObject: Bool { origin == .tree || origin == .destroyedTree }
}

extension BlockPlace.Origin {
    /// How JSON names it.
    package var name: String {
        switch self {
        case .tree: "block"
        case .destroyedTree: "destroyed_dataset"
        case .intentLog: "intent_log"
        case .deferredFree: "deferred_free"
        case .freeList: "destroyed_snapshot"
        case .destroyedClone: "destroyed_clone"
        case .dedupLog: "dedup_log"
        case .checkpoint: "checkpoint"
        case .removal: "removal"
        }
    }
}
