package import Datasets
import Objects
package import Vdevs

/// The states that came after a snapshot and still have a block in common with it: later snapshots, the current state, clones.
///
/// A walk comes to a block once, in the oldest snapshot that has it, so that what is wrong with it is told of that snapshot
/// alone; but it is lost to all of them.
package struct LaterStates {
    private let pool: Pool
    private let tree: DatasetTree?
    private var sets: [UInt64: ObjectSet?] = [:]
    /// Clones of clones of clones.
    private static let mostOrigins = 64

    package init(_ pool: Pool) {
        self.pool = pool
        tree = try? pool.datasets()
    }

    /// The pointer in a place of a snapshot or dataset.
    package mutating func pointer(at place: BlockPlace) -> BlockPointer? {
        tree?.dataset(object: place.objectSet).flatMap { pointer(at: place, of: $0) }
    }

    /// What came after the snapshot of `place` and has `pointer` where that has it, in the order of the tree of names, the head
    /// of each dataset last.
    package mutating func states(
        sharing pointer: BlockPointer, at place: BlockPlace
    ) -> [Dataset] {
        guard let tree, tree.dataset(object: place.objectSet)?.isSnapshot == true else { return [] }
        var found: [Dataset] = []
        for node in tree.nodes where descends(node, from: place.objectSet) {
            let own = node.snapshots.firstIndex { $0.object == place.objectSet }
            let later = node.snapshots.dropFirst(own.map { $0 + 1 } ?? 0)
            for state in later + (node.head.map { [$0] } ?? [])
            where self.pointer(at: place, of: state) == pointer {
                found.append(state)
            }
        }
        return found
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

    private mutating func pointer(at place: BlockPlace, of dataset: Dataset) -> BlockPointer? {
        guard place.level != BlockPlace.rootLevel else { return dataset.rootPointer }
        guard let level = UInt8(exactly: place.level), let set = objectSet(of: dataset) else {
            return nil
        }
        guard place.object != 0 else {
            return try? set.metaObject.tree.pointer(level: level, index: place.index)
        }
        guard let object = try? set.object(place.object) else { return nil }
        return place.index == BlockPlace.spillIndex
            ? object.dnode.spillPointer
            : try? object.tree.pointer(level: level, index: place.index)
    }

    private mutating func objectSet(of dataset: Dataset) -> ObjectSet? {
        if let known = sets[dataset.object] { return known }
        let set = try? pool.objectSet(of: dataset)
        sets[dataset.object] = set
        return set
    }
}
