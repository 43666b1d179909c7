import Datasets
import Objects
import Vdevs
import Verify

/// Datasets whose current state still has a block in common with a snapshot: what is wrong with it there is wrong with them, and
/// a check tells it of the snapshot alone.
struct SharingHeads {
    private let sets: EditableSets
    private let tree: DatasetTree?
    /// Clones of clones of clones.
    private static let mostOrigins = 64

    init(_ sets: EditableSets) {
        self.sets = sets
        tree = try? sets.pool.datasets()
    }

    /// The pointer in a place of a snapshot or dataset.
    func pointer(at place: BlockPlace) -> BlockPointer? {
        guard let dataset = sets.dataset(place.objectSet) else { return nil }
        return pointer(at: place, of: dataset)
    }

    /// The current states after a snapshot that have `pointer` where that has it, and can be edited.
    func heads(sharing pointer: BlockPointer, at place: BlockPlace) -> [Dataset] {
        let nodes = tree?.nodes.filter { descends($0, from: place.objectSet) } ?? []
        return nodes.compactMap(\.head).filter { head in
            self.pointer(at: place, of: head) == pointer && sets.set(head.object) != nil
        }
    }

    private func descends(_ node: DatasetNode, from snapshot: UInt64) -> Bool {
        var node = node
        for _ in 0..<Self.mostOrigins {
            if node.snapshots.contains(where: { $0.object == snapshot }) { return true }
            guard let origin = tree?.dataset(object: node.directory.origin),
                let next = tree?.node(of: origin)
            else { return false }
            node = next
        }
        return false
    }

    private func pointer(at place: BlockPlace, of dataset: Dataset) -> BlockPointer? {
        guard place.level != BlockPlace.rootLevel else { return dataset.rootPointer }
        guard let level = UInt8(exactly: place.level),
            let set = try? sets.pool.objectSet(of: dataset)
        else { return nil }
        guard place.object != 0 else {
            return try? set.metaObject.tree.pointer(level: level, index: place.index)
        }
        guard let object = try? set.object(place.object) else { return nil }
        return place.index == BlockPlace.spillIndex
            ? object.dnode.spillPointer
            : try? object.tree.pointer(level: level, index: place.index)
    }
}
