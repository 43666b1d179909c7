import Bytes
import Datasets
import Devices
import Synchronization
import Vdevs

/// What was written to each dataset since each of some older states: by one walk over what the newest has of its own.
struct ChangeSurvey {
    /// What one dataset has got.
    private struct Written {
        let dataset: Dataset
        let bytes: [UInt64]
        let objects: ChangedObjects
    }

    private final class Sums: Sendable {
        let found: Mutex<(bytes: [UInt64], objects: ChangedObjects)>
        init(_ count: Int) {
            found = Mutex(
                ([UInt64](repeating: 0, count: count), ChangedObjects(stateCount: count)))
        }
    }

    private let pool: Pool
    private let tree: DatasetTree
    private let ages: StateAges
    private var written: [Written] = []
    private var names: OwnerNames

    /// Walks `pool`, the newest state that can be read.
    init(
        _ pool: Pool, _ ages: StateAges, threadCount: Int, interruption: Interruption
    ) throws(PoolError) {
        self.pool = pool
        self.ages = ages
        tree = try pool.datasets()
        names = OwnerNames(pool)
        for node in tree.nodes {
            guard !interruption.isRequested, let head = node.head, !head.rootPointer.isHole else {
                continue
            }
            let origin = tree.dataset(object: node.directory.origin)?.stored.creationTxg
            let floor = max(ages.oldest, origin ?? TransactionGroup(0))
            guard head.rootPointer.birth > floor else { continue }
            written.append(walk(head, floor, threadCount, interruption))
        }
    }

    /// Bytes that a walk over what was changed lately may take for the blocks that it entered.
    private static let memory = 1 << 26

    private func walk(
        _ head: Dataset, _ floor: TransactionGroup, _ threadCount: Int,
        _ interruption: Interruption
    ) -> Written {
        let root = CensusRoot(
            pointer: head.rootPointer,
            place: BlockPlace(
                objectSet: head.object, object: 0, level: BlockPlace.rootLevel, index: 0),
            floor: floor)
        let sums = Sums(ages.count)
        let ages = ages
        let cancelled: @Sendable () -> Bool = { interruption.isRequested }
        let traversal = Traversal(
            source: pool.reader, threadCount: threadCount, memory: Self.memory)
        traversal.run([root], isCancelled: cancelled) { _ in
            ChangeVisitor(ages)
        } finish: { visitor in
            let (bytes, objects) = (visitor.bytes, visitor.objects)
            sums.found.withLock { found in
                for index in bytes.indices { found.bytes[index] &+= bytes[index] }
                found.objects.add(objects)
            }
        }
        let found = sums.found.withLock { $0 }
        return Written(dataset: head, bytes: found.bytes, objects: found.objects)
    }

    /// What going back to the state at that place would undo; `older` are its datasets, nil where they can't be read.
    ///
    /// `namesPaths` looks up some of the changed files.
    mutating func changes(
        since place: Int, txg: TransactionGroup, _ older: DatasetTree?, namesPaths: Bool
    ) -> RewindChanges {
        var changes = RewindChanges()
        let present = tree.datasets
        changes.created = present.filter { $0.stored.creationTxg > txg }.map(\.name)
        if let older {
            let guids = Set(present.map(\.stored.guid))
            changes.destroyed = older.datasets.filter { !guids.contains($0.stored.guid) }
                .map(\.name)
            let former = Dictionary(
                older.datasets.map { ($0.stored.guid, $0.name) }, uniquingKeysWith: { a, _ in a })
            changes.renamed = present.compactMap { dataset in
                guard let name = former[dataset.stored.guid], name != dataset.name else {
                    return nil
                }
                return RewindChanges.Renamed(name: dataset.name, former: name)
            }
        }
        // What was made since is named above, whatever it holds.
        for item in written where item.dataset.stored.creationTxg <= txg {
            let count = item.objects.count(since: place)
            let bytes = item.bytes[...place].reduce(0, &+)
            guard count > 0 || bytes > 0 else { continue }
            var paths: [String] = []
            if namesPaths {
                for object in item.objects.lowest(since: place) {
                    paths.append(name(of: object, in: item.dataset))
                }
            }
            changes.datasets.append(
                DatasetChange(
                    dataset: item.dataset.name, objectCount: count,
                    byteCount: bytes, paths: paths))
        }
        return changes
    }

    private mutating func name(of object: UInt64, in dataset: Dataset) -> String {
        let owner = names.named(
            BlockOwner(
                place: BlockPlace(objectSet: dataset.object, object: object, level: 0, index: 0),
                range: SpaceRange(vdev: 0, bytes: 0..<0)))
        return owner.path ?? "object \(object)"
    }
}
