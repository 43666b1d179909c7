import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// Which deadlists and livelists lead to each list of block pointers, whatever else is wrong with them.
struct ListOwners {
    let graph: DatasetGraph
    /// The list that deadlists share while they hold nothing.
    let emptyList: UInt64?
    /// Objects of deadlists and livelists with the lists that they name, in the order of their ZAPs.
    private(set) var named: [UInt64: [(key: String, list: UInt64)]] = [:]
    /// For each list, the deadlists and livelists that lead to it.
    private var leaders: [UInt64: Set<UInt64>] = [:]
    private let datasetsByDeadlist: [UInt64: [UInt64]]
    private let livelists: Set<UInt64>

    init(_ pool: Pool, _ graph: DatasetGraph) {
        self.graph = graph
        emptyList = pool.directory.object(.emptyList)
        datasetsByDeadlist = Dictionary(
            grouping: graph.sortedDatasets.filter { $0.stored.deadlist != 0 }.map(\.object)
        ) { graph.datasets[$0]?.stored.deadlist ?? 0 }
        livelists = Set(graph.directories.values.compactMap(\.fields.livelist))
        let meta = MetaObjects(pool.meta.set, notes: PoolNotes())
        for object in livelists.union(datasetsByDeadlist.keys) { read(object, meta) }
    }

    private mutating func read(_ object: UInt64, _ meta: MetaObjects) {
        leaders[object, default: []].insert(object)
        guard let own = try? meta.object(object) else { return }
        var pending: [UInt64] = []
        if own.type.content == .zap {
            let entries = (try? meta.entries(of: object, "deadlist")) ?? []
            named[object] = entries.compactMap { entry in
                entry.uint64.map { (entry.name, $0) }
            }
            pending = (named[object] ?? []).map(\.list)
        } else {
            pending = [object]
        }
        var seen: Set<UInt64> = []
        while let list = pending.popLast() {
            guard list != emptyList, seen.insert(list).inserted else { continue }
            leaders[list, default: []].insert(object)
            guard let stored = try? meta.pointerList(list) else { continue }
            pending += (try? stored.subordinates()) ?? []
        }
    }

    /// The deadlists and livelists that lead to a list.
    func leaders(of list: UInt64) -> Set<UInt64> { leaders[list] ?? [] }

    /// The livelists that lead to a list, or are it.
    func livelists(of list: UInt64) -> Set<UInt64> { leaders(of: list).intersection(livelists) }

    /// The datasets whose deadlists a problem is about.
    func datasets(of problem: Problem) -> [UInt64] {
        guard problem.location.objectSet == 0, let object = problem.location.object else {
            return []
        }
        return leaders(of: object).sorted().flatMap { datasetsByDeadlist[$0] ?? [] }
    }
}
