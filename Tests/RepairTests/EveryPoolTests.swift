import Bytes
import Datasets
import Repair
import TestSupport
import Testing
import Verify

/// A commit on every pool that there is: it must change nothing that a check finds, or be refused with a reason.
@Suite struct EveryPoolTests {
    static let pools = Effort.isThorough ? TestPool.all.filter { $0.name != "cachefile" } : []

    @Test("a commit brings no finding and no damage", arguments: pools, [false, true])
    func harmless(pool: TestPool, isRebuilt: Bool) throws {
        let copy = try PoolCopy(pool.name)
        for candidate in PoolFinder().find(in: [copy.path]).pools {
            let before = try Pool.open(candidate)
            let found = try copy.check(before)
            do throws(RepairError) {
                guard let survey = found.survey else { continue }
                var transaction = try Transaction(before, survey)
                try PoolCopy.touch(&transaction)
                if isRebuilt, survey.isComplete {
                    transaction.rebuiltMetaslabs = Set(survey.metaslabs.indices)
                }
                let commit = try transaction.prepare(time: 2_000_000_000)
                try CommitSequence.run(commit, on: try PoolTargets.open(before))
            } catch {
                guard case .unsupported(let why) = error else { throw error }
                print("\(pool) can't be written to: \(why)")
                continue
            }
            let after = try Pool.open(
                try #require(
                    PoolFinder().find(in: [copy.path]).pools.first { $0.guid == before.guid }))
            #expect(after.txg.rawValue == before.txg.rawValue + 1)
            let again = try copy.check(after)
            #expect(again.problems.map(\.kind.code) == found.problems.map(\.kind.code))
            #expect(again.unchecked == found.unchecked)
            #expect(again.leaked == found.leaked)
        }
    }
}
