package import Datasets
import Objects
package import Vdevs

/// The states that came after a snapshot and still have a block in common with it: later snapshots, the current state, clones.
///
/// A walk comes to a block once, in the oldest snapshot that has it, so that what is wrong with it is told of that snapshot
/// alone; but it is lost to all of them.
package struct LaterStates {
    /// A block of a snapshot, with the pointer that the snapshot has to it.
    package struct Block {
        let pointer: BlockPointer
        let place: BlockPlace

        package init(_ pointer: BlockPointer, at place: BlockPlace) {
            self.pointer = pointer
            self.place = place
        }
    }

    private let pool: Pool
    private let tree: DatasetTree?
    private var sets = RecentlyUsed<UInt64, ObjectSet?>()
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

    /// Gives each state that came after the snapshot of a block's place and has the block's pointer there, with the block's
    /// number in `blocks`: in the order of the tree of names, the head of each dataset last.
    ///
    /// Every state is opened once, for all blocks.
    package mutating func forEachState(
        sharing blocks: [Block], isCancelled: () -> Bool = { false },
        _ body: (_ block: Int, _ state: Dataset) -> Void
    ) {
        guard let tree else { return }
        let held = places(of: blocks, in: tree)
        guard !held.isEmpty else { return }
        for node in tree.nodes {
            let inherited = origins(of: node, in: tree).flatMap { held[$0] ?? [] }
            let wanted = (inherited.map { (block: $0.block, age: -1) } + (held[node.object] ?? []))
                .sorted { $0.block < $1.block }
            guard !wanted.isEmpty else { continue }
            for (age, state) in (node.snapshots + (node.head.map { [$0] } ?? [])).enumerated() {
                guard !isCancelled() else { return }
                for (block, _) in wanted.lazy.filter({ $0.age < age })
                where pointer(at: blocks[block].place, of: state) == blocks[block].pointer {
                    body(block, state)
                }
            }
        }
    }

    /// By directory, which blocks its snapshots have, with the snapshot's place among them.
    private func places(
        of blocks: [Block], in tree: DatasetTree
    ) -> [UInt64: [(block: Int, age: Int)]] {
        let bySnapshot = Dictionary(grouping: blocks.indices) { blocks[$0].place.objectSet }
        var places: [UInt64: [(block: Int, age: Int)]] = [:]
        for node in tree.root.nodes {
            for (age, snapshot) in node.snapshots.enumerated() {
                for block in bySnapshot[snapshot.object] ?? [] {
                    places[node.object, default: []].append((block, age))
                }
            }
        }
        return places
    }

    /// The directories that a clone comes from, the nearest first.
    private func origins(of node: DatasetNode, in tree: DatasetTree) -> [UInt64] {
        var chain = [node.object]
        var node = node
        while chain.count < Self.mostOrigins,
            let origin = tree.dataset(object: node.directory.origin),
            let next = tree.node(of: origin), !chain.contains(next.object)
        {
            chain.append(next.object)
            node = next
        }
        return Array(chain.dropFirst())
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
        if let known = sets.value(of: dataset.object) { return known }
        let set = try? pool.objectSet(of: dataset)
        sets.keep(set, for: dataset.object)
        return set
    }
}
