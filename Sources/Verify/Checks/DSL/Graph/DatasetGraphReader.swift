import Bytes
import Datasets
import Objects
import Vdevs

/// Reads the graph of directories and datasets from all objects of the MOS.
///
/// What can't be read leaves a gap and is noted in the graph; what is wrong inside a ZAP is for the checks of ZAPs.
struct DatasetGraphReader {
    private let pool: Pool
    private let meta: MetaObjects
    private var graph = DatasetGraph()
    /// Directories and datasets that are read.
    private let limit: Int
    /// What both take in all checks, where many have a snapshot's few words each.
    private static let bytesPerDataset = 8192

    private struct Full: Error {}

    /// `memory` is what may be taken, in bytes.
    init(_ pool: Pool, memory: Int) {
        self.pool = pool
        limit = memory / Self.bytesPerDataset
        meta = MetaObjects(pool.meta.set, notes: PoolNotes())
    }

    mutating func read() -> DatasetGraph {
        do throws(Full) {
            try pool.meta.set.forEachDnode { visit throws(Full) in
                switch visit {
                case .object(let object):
                    add(object)
                    guard graph.directories.count + graph.datasets.count <= limit else {
                        throw Full()
                    }
                case .damaged(let numbers, _): graph.lost.append(numbers)
                }
            }
        } catch {
            // Half of a chain of snapshots looks like a broken one, so it is all or nothing.
            graph = DatasetGraph()
            graph.isOmitted = true
            graph.lost = [1...UInt64.max]
            graph.root = pool.directory.object(.rootDataset)
            return graph
        }
        addUnreadable()
        graph.root = pool.directory.object(.rootDataset)
        nameDirectories()
        chainDatasets()
        nameDatasets()
        return graph
    }

    private mutating func add(_ object: DMUObject) {
        do {
            switch object.dnode.bonusType {
            case .dslDirectory:
                graph.directories[object.number] = try directory(object)
            case .dslDataset: graph.datasets[object.number] = try dataset(object)
            default: break
            }
        } catch {
            graph.unreadable[object.number] = "\(error)"
        }
    }

    /// Directories that can't be read still have the datasets that name them.
    private mutating func addUnreadable() {
        let members = Dictionary(grouping: graph.datasets.values) { $0.stored.directory }
        for (object, datasets) in members where graph.isUnreadable(object) {
            let snapshots = datasets.filter { $0.stored.snapshotNames == 0 }
            let oldest =
                snapshots.min { $0.stored.creationTxg < $1.stored.creationTxg } ?? datasets.first
            let bytes = [UInt8](repeating: 0, count: DSLDirectory.byteCount)
            guard var stored = try? DSLDirectory(bytes.rawBytes, .little) else { continue }
            stored.headDataset = datasets.first { $0.stored.snapshotNames != 0 }?.object ?? 0
            stored.origin = oldest?.stored.previousSnapshot ?? 0
            graph.directories[object] = GraphDirectory(
                object: object, stored: stored, fields: DirectoryFields(), children: [],
                clones: nil, properties: StoredProperties(), head: stored.headDataset,
                origin: stored.origin, isUnreadable: true)
        }
    }

    private func directory(_ object: DMUObject) throws(PoolError) -> GraphDirectory {
        let stored = try object.bonus(as: DSLDirectory.self)
        return GraphDirectory(
            object: object.number, stored: stored,
            fields: DirectoryFields(
                object.type.content == .zap ? meta.values(of: object.number, "directory") : [:]),
            children: stored.childMap == 0 ? [] : entries(of: stored.childMap) ?? [],
            clones: stored.clones == 0 ? [] : numbers(in: stored.clones),
            properties: StoredProperties(
                stored.properties == 0
                    ? [:] : meta.values(of: stored.properties, "properties")),
            head: stored.headDataset, origin: stored.origin)
    }

    private func dataset(_ object: DMUObject) throws(PoolError) -> GraphDataset {
        let stored = try object.bonus(as: DSLDataset.self)
        return GraphDataset(
            object: object.number, stored: stored,
            fields: DatasetFields(
                object.type.content == .zap ? meta.values(of: object.number, "dataset") : [:]),
            snapshots: stored.snapshotNames == 0 ? [] : entries(of: stored.snapshotNames),
            nextClones: stored.nextClones == 0 ? [] : numbers(in: stored.nextClones),
            holdCount: stored.holds == 0 ? 0 : entries(of: stored.holds)?.count,
            directory: stored.directory, previous: stored.previousSnapshot)
    }

    private func entries(of zap: UInt64) -> [GraphDirectory.Entry]? {
        guard let entries = try? meta.entries(of: zap, "entries") else { return nil }
        return entries.map { GraphDirectory.Entry(name: $0.name, object: $0.uint64) }
    }

    private func numbers(in zap: UInt64) -> Set<UInt64>? {
        entries(of: zap).map { Set($0.compactMap(\.object)) }
    }
}

extension DatasetGraphReader {
    /// Follows the child maps from the root; a directory is taken where it is met first.
    ///
    /// Those that no map leads to are put below the directory that they name, without a name of their own.
    private mutating func nameDirectories() {
        guard let root = graph.root, graph.directories[root] != nil else { return }
        graph.directories[root]?.name = pool.name
        var seen: Set<UInt64> = [root]
        descend(from: root, &seen)
        for directory in graph.sortedDirectories where !seen.contains(directory.object) {
            // The highest of those that are cut off together.
            var top = directory
            var passed: Set<UInt64> = [top.object]
            while !seen.contains(top.stored.parent), passed.insert(top.stored.parent).inserted,
                let above = graph.directories[top.stored.parent]
            {
                top = above
            }
            guard seen.insert(top.object).inserted else { continue }
            if seen.contains(top.stored.parent), top.stored.parent != top.object {
                graph.directories[top.object]?.chargedTo = top.stored.parent
            }
            descend(from: top.object, &seen)
        }
    }

    private mutating func descend(from root: UInt64, _ seen: inout Set<UInt64>) {
        var pending = [root]
        while let object = pending.popLast() {
            graph.order.append(object)
            guard let directory = graph.directories[object] else { continue }
            for entry in directory.children {
                guard let child = entry.object, graph.directories[child] != nil,
                    seen.insert(child).inserted
                else { continue }
                graph.directories[child]?.name = directory.name.map { "\($0)/\(entry.name)" }
                graph.directories[child]?.listedBy = object
                graph.directories[child]?.chargedTo = object
                pending.append(child)
            }
        }
    }

    /// Brings the datasets of each directory into the order of time.
    ///
    /// The links backwards from the head give it. Where they do not lead to every dataset that says it belongs here, the
    /// groups in which the snapshots were taken do.
    private mutating func chainDatasets() {
        let members = Dictionary(grouping: graph.datasets.values) { $0.stored.directory }
        var claimed: [UInt64: UInt64] = [:]
        for directory in graph.sortedDirectories {
            let object = directory.object
            let head = head(of: directory, among: members[object] ?? [])
            let chain = links(back: head, directory)
            for member in chain where claimed[member] == nil { claimed[member] = object }
            graph.directories[object]?.head = head
            graph.directories[object]?.chain = chain
        }
        for directory in graph.sortedDirectories {
            let object = directory.object
            let own = (members[object] ?? []).filter { claimed[$0.object] ?? object == object }
            let chain = directory.chain.filter { claimed[$0] == object }
            complete(directory, chain, own)
        }
    }

    /// The datasets to which links lead from a head, the oldest first.
    private func links(back head: UInt64, _ directory: GraphDirectory) -> [UInt64] {
        var chain: [UInt64] = []
        var seen: Set<UInt64> = []
        var next = head
        while let dataset = graph.datasets[next], seen.insert(next).inserted {
            chain.append(next)
            let previous = dataset.stored.previousSnapshot
            guard previous != directory.stored.origin, let before = graph.datasets[previous],
                before.stored.directory == directory.object || before.stored.nextSnapshot == next
            else { break }
            next = previous
        }
        return chain.reversed()
    }

    private mutating func complete(
        _ directory: GraphDirectory, _ linked: [UInt64], _ members: [GraphDataset]
    ) {
        var chain = linked
        let known = Set(linked)
        if !members.allSatisfy({ known.contains($0.object) }) {
            chain = members.filter { $0.object != directory.head }.sorted {
                ($0.stored.creationTxg, $0.object) < ($1.stored.creationTxg, $1.object)
            }.map(\.object)
            if graph.datasets[directory.head] != nil { chain.append(directory.head) }
        }
        let origin = origin(of: directory, first: chain.first)
        graph.directories[directory.object]?.origin = origin
        for (index, member) in chain.enumerated() {
            graph.datasets[member]?.directory = directory.object
            graph.datasets[member]?.isHead = member == directory.head
            graph.datasets[member]?.previous = index == 0 ? origin : chain[index - 1]
        }
        graph.directories[directory.object]?.chain = chain
    }

    private func origin(of directory: GraphDirectory, first: UInt64?) -> UInt64 {
        let stored = directory.stored.origin
        guard let first, let previous = graph.datasets[first]?.stored.previousSnapshot,
            previous != stored, graph.follows(first, on: previous)
        else { return stored }
        return previous
    }

    /// The head of a directory by its own word, unless that is a dataset of another and one of its own must be it.
    private func head(of directory: GraphDirectory, among members: [GraphDataset]) -> UInt64 {
        let stored = directory.stored.headDataset
        if let dataset = graph.datasets[stored],
            dataset.stored.directory == directory.object
                || graph.directories[dataset.stored.directory] == nil
        {
            return stored
        }
        let heads = members.filter { $0.stored.snapshotNames != 0 }
        return heads.count == 1 ? heads[0].object : stored
    }

    private mutating func nameDatasets() {
        for directory in graph.sortedDirectories {
            guard let name = directory.name, let head = graph.head(of: directory) else { continue }
            graph.datasets[head.object]?.name = name
            for entry in head.snapshots ?? [] {
                guard let object = entry.object, let snapshot = graph.datasets[object],
                    snapshot.directory == directory.object, !snapshot.isHead
                else { continue }
                graph.datasets[object]?.name = "\(name)@\(entry.name)"
            }
        }
    }
}
