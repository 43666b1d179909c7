import Datasets
import Devices
import TestSupport

/// In which order a complete sweep makes its mutations: each field with each verb once, wherever that is, then each at a
/// second place, and so on.
///
/// Places are taken from one pool after another, so that no pool and no kind of owner has more of them than others.
struct SweepPlan: Sendable {
    /// Each field with each verb, and where it can be damaged, in the order in which that is done.
    private let places: [[FieldMutation]]

    init(_ pools: [String], seed: UInt64) throws {
        let mutations = WorkerPool.processors.map(below: pools.count) { index in
            Result {
                let folder = try TestPool.named(pools[index]).unpack()
                let spots = try FieldSpots(try Pool.open(try EditedPool.find(folder))).all
                var generator = Seed.generator(for: Array(pools[index].utf8), from: seed)
                return FieldMutation.all(of: pools[index], spots).shuffled(using: &generator)
            }
        }
        var byPair: [String: [(rank: Int, pool: Int, mutation: FieldMutation)]] = [:]
        var pairs: [String] = []
        for (pool, result) in mutations.enumerated() {
            var ranks: [String: Int] = [:]
            for mutation in try result.get() {
                let pair = mutation.pair
                if byPair[pair] == nil { pairs.append(pair) }
                byPair[pair, default: []].append((ranks[pair, default: 0], pool, mutation))
                ranks[pair, default: 0] += 1
            }
        }
        // Pools take turns in being the first, so that the processors have an even share.
        places = pairs.enumerated().map { turn, pair in
            let all = (byPair[pair] ?? []).sorted { ($0.rank, $0.pool) < ($1.rank, $1.pool) }
            let first = all.prefix { $0.rank == 0 }.count
            let start = turn % max(1, min(first, Self.turns))
            return (all[start..<first] + all[..<start] + all[first...]).map(\.mutation)
        }
    }

    /// How many pools take turns: the first ones, which are checked fast.
    private static let turns = 8

    /// At how many places damage is tried that can't be made, such as zeroes in a field that is zero everywhere.
    private static let tries = 12

    /// How many fields × verbs there are.
    var pairCount: Int { places.count }
    var mutations: [FieldMutation] { places.flatMap(\.self) }

    /// One more mutation of each field with each verb that was not made at `count` places yet; empty where all were, or can't
    /// be.
    func next(upTo count: Int, _ log: SweepLog) -> [FieldMutation] {
        places.compactMap { mutations in
            let verdicts = mutations.map { log.verdict($0) }
            guard verdicts.count(where: { $0?.isMade == true }) < count,
                verdicts.count(where: { $0 == .notMade }) < Self.tries
            else { return nil }
            return verdicts.firstIndex { $0 == nil }.map { mutations[$0] }
        }
    }

    /// How many fields × verbs came to what, each counted by the worst that came of it at any place; nil counts what was not tried.
    func tally(_ log: SweepLog) -> [FieldVerdict?: Int] {
        let worst: [FieldVerdict?] = [.slow, .missed, .excepted, .found, .notMade, nil]
        var tally: [FieldVerdict?: Int] = [:]
        for mutations in places {
            let verdicts = Set(mutations.map { log.verdict($0) })
            if let verdict = worst.first(where: verdicts.contains) {
                tally[verdict, default: 0] += 1
            }
        }
        return tally
    }
}
