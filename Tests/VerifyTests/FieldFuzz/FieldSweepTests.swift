import Devices
import Foundation
import TestSupport
import Testing

/// Every field of every structure, damaged in every way: nothing crashes or takes long, and each is found or on the list of
/// those that nobody can validate.
///
/// `make fuzz-fields` runs the complete sweep, and goes on where it was stopped.
@Suite struct FieldSweepTests {
    /// Pools that together hold every structure, those that are fast to check first.
    static let pools = [
        "basic", "props", "snaps", "mirror", "livelist", "redact", "zil", "checkpoint", "removal",
        "logspacemap", "brt", "dedup", "fastdedup", "v28", "be-disk", "bigdir",
    ]
    /// Those that only the complete sweep takes, for what no other holds.
    static let furtherPools = [
        "zilslog", "gang", "scrubbing", "errlog", "delqueue", "compress", "crypt", "new-disk",
    ]

    /// A sweep that fails goes on, so that the log has all that fails; a later one begins with these.
    @Test(
        "every damaged field is found, or is on the list of those that nobody can validate",
        .enabled(if: SweepLog.folder != nil, "make fuzz-fields runs it"))
    func sweep() throws {
        let plan = try SweepPlan(Self.pools + Self.furtherPools, seed: Seed.current)
        let log = try SweepLog()
        print("\(plan.pairCount) fields × verbs at \(plan.mutations.count) places")
        try Self.run(plan.mutations.filter { log.unsettled.contains("\($0)") }, log)
        for count in 1...Self.placeCount {
            while true {
                let next = plan.next(upTo: count, log)
                guard !next.isEmpty else { break }
                try Self.run(next, log)
            }
            print("at \(count) places of each: \(Self.summary(plan, log))")
        }
        for (mutation, verdict) in log.verdicts.sorted(by: { $0.key < $1.key })
        where verdict.isFailure {
            Issue.record("\(mutation) is \(verdict)")
        }
        // With another seed there are other places, so that this is no failure.
        for exception in try Self.unneeded(plan, log) {
            print("nothing needed the exception for \(exception)")
        }
    }

    /// The pools share the processors; one is worked on by one thread.
    private static func run(_ mutations: [FieldMutation], _ log: SweepLog) throws {
        let shares = Dictionary(grouping: mutations, by: \.pool).values
            .sorted { $0.count > $1.count }
        let results = WorkerPool.processors.map(below: shares.count) { index in
            let share = shares[index]
            return Result {
                let sweep = try FieldSweep(share[0].pool, seed: Seed.current)
                for mutation in share {
                    log.begin(mutation)
                    log.note(mutation, try sweep.judge(mutation))
                }
            }
        }
        for result in results { try result.get() }
    }

    private static func summary(_ plan: SweepPlan, _ log: SweepLog) -> String {
        let pairs = plan.tally(log)
        var mutations: [FieldVerdict: Int] = [:]
        for mutation in plan.mutations {
            if let verdict = log.verdict(mutation) { mutations[verdict, default: 0] += 1 }
        }
        let verdicts: [FieldVerdict] = [.found, .excepted, .missed, .slow, .notMade]
        return verdicts.map {
            "\($0) \(pairs[$0] ?? 0) (\(mutations[$0] ?? 0) mutations)"
        }.joined(separator: ", ") + ", not tried \(pairs[nil] ?? 0)"
    }

    /// Exceptions that no mutation needs, though more of those that they cover are made than the sweep has made.
    private static func unneeded(_ plan: SweepPlan, _ log: SweepLog) throws -> [FieldException] {
        let all = plan.mutations
        var left = FieldException.all.map { exception in
            (exception: exception, covered: all.filter(exception.covers))
        }
        for _ in 0..<searchRounds {
            left.removeAll { candidate in
                candidate.covered.contains { log.verdict($0) == .excepted }
            }
            let next = left.flatMap { candidate in
                candidate.covered.filter { log.verdict($0) == nil }.prefix(searchSize)
            }
            guard !next.isEmpty else { break }
            try run(next, log)
        }
        return left.map(\.exception)
    }

    /// How many further mutations an exception gets that none needed so far: so many at a time, so many times.
    private static let searchSize = 64
    private static let searchRounds = 8

    /// At how many places a field is damaged in the same way: `ZINSPECT_FIELD_PLACES`.
    private static let placeCount =
        ProcessInfo.processInfo.environment["ZINSPECT_FIELD_PLACES"].flatMap { Int($0) } ?? 3

    /// Mutations of each pool that are made in every run of the tests: 2010 in all, fewer of pools that take long.
    private static func sampleCount(_ name: String) -> Int {
        ["bigdir": 20, "v28": 60, "be-disk": 60][name] ?? 144
    }
    /// One in so many is looked at by everything at once.
    private static let fullLookInterval = 24

    @Test(
        "a sample of damaged fields is found, or is on the list of those that nobody can validate",
        arguments: pools)
    func sample(name: String) throws {
        let seed = Self.sampleSeed ?? 1
        let sweep = try FieldSweep(name, seed: seed)
        let plan = try SweepPlan([name], seed: seed)
        let size = Self.sampleSize ?? Self.sampleCount(name)
        var generator = SplitMix64(state: seed)
        var made = 0
        for mutation in plan.mutations.shuffled(using: &generator) where made < size {
            let verdict = try sweep.judge(
                mutation, isThorough: made % Self.fullLookInterval == 1)
            #expect(!verdict.isFailure, "\(mutation) is \(verdict)")
            if verdict.isMade { made += 1 }
        }
        #expect(made == min(size, plan.mutations.count))
    }

    /// `ZINSPECT_FIELD_SAMPLE=SIZE,SEED` makes another sample.
    private static let wanted = ProcessInfo.processInfo.environment["ZINSPECT_FIELD_SAMPLE"]?
        .split(separator: ",")
    private static let sampleSize = wanted?.first.flatMap { Int($0) }
    private static let sampleSeed = wanted?.dropFirst().first.flatMap { UInt64($0) }
}
