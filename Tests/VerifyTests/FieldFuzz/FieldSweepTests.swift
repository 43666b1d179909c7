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
            #expect(time < .seconds(10), "\(mutation)")
            log.note(mutation, outcome)
        }
    }
}
