import Foundation
import TestSupport
import Testing

/// Every field of every structure, damaged in every way: nothing crashes or takes long, and what came of each is in the
/// log.
///
/// `make fuzz-fields` runs all mutations, and goes on where it was stopped.
@Suite struct FieldSweepTests {
    /// Pools that together hold every structure.
    static let pools = [
        "basic", "bigdir", "snaps", "brt", "dedup", "fastdedup", "checkpoint", "removal",
        "livelist", "logspacemap", "redact", "zil", "props", "v28", "be-disk", "mirror",
    ]

    @Test(
        "no damaged field makes a check crash or hang",
        .enabled(if: SweepLog.folder != nil, "make fuzz-fields runs it"), arguments: pools)
    func sweep(name: String) throws {
        let sweep = try FieldSweep(name)
        let log = try SweepLog(name)
        var generator = Seed.generator(for: Array(name.utf8))
        for mutation in sweep.mutations.shuffled(using: &generator) where !log.isDone(mutation) {
            let (outcome, time) = try sweep.run(mutation)
            #expect(time < sweep.timeLimit, "\(mutation)")
            log.note(mutation, outcome)
        }
    }

    /// Mutations of each pool that are made in every run of the tests: 2010 in all, fewer of pools that take long.
    private static func sampleCount(_ name: String) -> Int {
        ["bigdir": 20, "v28": 60, "be-disk": 60][name] ?? 144
    }
    /// One in so many is looked at by everything at once.
    private static let fullLookInterval = 24

    /// A field is first looked at where it should show, and by everything only where that says nothing and no exception
    /// allows it.
    @Test(
        "a sample of damaged fields is found, or is on the list of those that nobody can validate",
        arguments: pools)
    func sample(name: String) throws {
        let sweep = try FieldSweep(name)
        let size = Self.sampleSize ?? Self.sampleCount(name)
        var generator = SplitMix64(state: Self.sampleSeed ?? 1)
        var made = 0
        for mutation in sweep.mutations.shuffled(using: &generator) where made < size {
            // What random bytes come to is another thing in every run.
            let isListed =
                mutation.verb == .random || FieldException.all.contains { $0.covers(mutation) }
            var looks = [SweepLook(mutation.spot)]
            if made % Self.fullLookInterval == 1 {
                looks = [.everything]
            } else if !isListed {
                looks.append(.everything)
            }
            let (outcome, time) = try sweep.run(mutation, looks)
            #expect(time < sweep.timeLimit, "\(mutation)")
            if case .notMade = outcome { continue }
            made += 1
            #expect(outcome == .found || isListed, "\(mutation) is not found")
        }
        #expect(made == size || made == sweep.mutations.count)
    }

    /// `ZINSPECT_FIELD_SAMPLE=SIZE,SEED` makes another sample.
    private static let wanted = ProcessInfo.processInfo.environment["ZINSPECT_FIELD_SAMPLE"]?
        .split(separator: ",")
    private static let sampleSize = wanted?.first.flatMap { Int($0) }
    private static let sampleSeed = wanted?.dropFirst().first.flatMap { UInt64($0) }
}
