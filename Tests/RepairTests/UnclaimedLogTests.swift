import Datasets
import Devices
import Repair
import TestSupport
import Testing
import Verify

/// Intent logs that nobody has claimed: their blocks are in no map, and must not be written over.
@Suite struct UnclaimedLogTests {
    private func survey(_ pool: Pool, memory: Int) throws -> SpaceSurvey {
        var options = SpaceCheckOptions(threadCount: 2, memory: memory, depth: .none)
        options.keepsSurvey = true
        let result = try SpaceCheck(
            pool, options, meter: ProgressMeter(), interruption: Interruption()
        ).run()
        return try #require(result.survey)
    }

    @Test func `a pool is written to where all blocks are known`() throws {
        let pool = try PoolCopy("zil").open()
        let survey = try survey(pool, memory: 1 << 30)
        #expect(!survey.pendingLogBlocks.isEmpty)
        _ = try Transaction(pool, survey)
    }

    @Test func `it is not where they don't fit into memory`() throws {
        let pool = try PoolCopy("zil").open()
        let survey = try survey(pool, memory: 256)
        #expect {
            try Transaction(pool, survey)
        } throws: { error in
            "\(error)".contains("--memory")
        }
    }
}
