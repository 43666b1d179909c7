import Bytes
import Datasets
import Devices
import Vdevs

/// Compares the entry of a pool in a zpool.cache file with the pool on the devices at hand.
struct CacheEntryComparison {
    private let entry: CacheFile.Pool
    private let file: String
    private let opener: DeviceOpener

    init(_ entry: CacheFile.Pool, _ file: String, _ opener: DeviceOpener) {
        self.entry = entry
        self.file = file
        self.opener = opener
    }

    /// The pool of the entry's GUID, or else of its name.
    func match(among pools: [PoolCandidate]) -> PoolCandidate? {
        pools.first { $0.guid == entry.identity.poolGUID }
            ?? pools.first { $0.name == entry.name && $0.state != .destroyed }
    }

    func problems(with pool: PoolCandidate) -> [Problem] {
        guard pool.guid == entry.identity.poolGUID else {
            return [
                problem(
                    .cacheFileGUID, ConfigKey.poolGUID,
                    Record([
                        "expected": .guid(pool.guid),
                        "found": entry.identity.poolGUID.map { .guid($0) } ?? .none,
                    ]))
            ]
        }
        return treeProblems(pool) + pathProblems(pool) + ageProblems(pool)
    }

    private func problem(_ kind: ProblemKind, _ key: String, _ evidence: Record) -> Problem {
        var place = Location(device: file)
        place.key = "\(entry.name).\(key)"
        return Problem(kind, at: place, evidence: evidence)
    }

    /// The configuration in the pool itself where it opens, else that of the labels.
    private func tree(of pool: PoolCandidate) -> VdevConfig {
        (try? Pool.open(pool))?.rootConfig ?? pool.root
    }

    private func treeProblems(_ pool: PoolCandidate) -> [Problem] {
        guard let cached = entry.vdevTree else { return [] }
        let current = tree(of: pool)
        let (known, own) = (guids(cached), guids(current))
        let (gone, new) = (known.subtracting(own), own.subtracting(known))
        guard !gone.isEmpty || !new.isEmpty else { return [] }
        var evidence = Record()
        func list(_ name: String, _ guids: Set<GUID>, _ tree: VdevConfig) {
            guard !guids.isEmpty else { return }
            let vdevs = tree.all.filter { $0.guid.map(guids.contains) ?? false }
            evidence.add(name, .list(vdevs.map { .text("\($0.name) (\($0.guid ?? GUID(0)))") }))
        }
        list("only_in_file", gone, cached)
        list("only_in_pool", new, current)
        return [problem(.cacheFileTree, ConfigKey.vdevTree, evidence)]
    }

    /// All vdevs that have a place of their own; the root's GUID is that of the pool.
    private func guids(_ tree: VdevConfig) -> Set<GUID> {
        Set(tree.children.flatMap(\.all).filter { $0.kind != .hole }.compactMap(\.guid))
            .subtracting([GUID(0)])
    }

    private func pathProblems(_ pool: PoolCandidate) -> [Problem] {
        var problems: [Problem] = []
        for leaf in entry.vdevTree?.leaves ?? [] {
            guard let guid = leaf.guid, let path = leaf.path,
                let device = pool.devices[guid], device.name != path
            else { continue }
            let place = "\(ConfigKey.vdevTree) \(guid)"
            guard let found = try? opener.open(path) else {
                problems.append(
                    problem(
                        .cacheFileMoved, place,
                        Record(["expected": .text(device.name), "found": .text(path)])))
                continue
            }
            let list = LabelSet(found).best?.config.list
            guard list?.guid(ConfigKey.guid) != guid else { continue }
            let holder = list?.guid(ConfigKey.guid).map { "the vdev with GUID \($0)" }
            problems.append(
                problem(
                    .cacheFilePath, place,
                    Record([
                        "expected": .text(device.name), "path": .text(path),
                        "found": .text(holder ?? "no label"),
                    ])))
        }
        return problems
    }

    private func ageProblems(_ pool: PoolCandidate) -> [Problem] {
        var problems: [Problem] = []
        if let txg = entry.identity.txg, let newest = pool.newestUberblock?.txg, txg > newest {
            problems.append(
                problem(
                    .cacheFileNewer, ConfigKey.poolTxg,
                    Record(["found": .txg(txg), "newest": .txg(newest)])))
        }
        if let state = pool.state, state == .exported || state == .destroyed {
            problems.append(
                problem(
                    .cacheFileState, ConfigKey.poolState, Record(["state": .text("\(state)")])))
        }
        return problems
    }
}
