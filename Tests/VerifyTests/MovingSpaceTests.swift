import Datasets
import Devices
import TestSupport
import Testing
import Verify

/// A pool that is in use, and moves on while its space is checked, is not called damaged.
@Suite struct MovingSpaceTests {
    private func check(_ pool: Pool) throws -> SpaceCheckResult {
        try SpaceCheck(
            pool, SpaceCheckOptions(threadCount: 2, depth: .all), meter: ProgressMeter(),
            interruption: Interruption()
        ).run()
    }

    private func expectOnlyChanges(_ result: SpaceCheckResult) {
        #expect(result.problems.isEmpty, "\(result.problems.map { Found($0) })")
        #expect(result.unchecked.contains { $0.why.contains("in use") }, "\(result.unchecked)")
        #expect(result.leaked == 0)
    }

    @Test func `a pool that moves on before it is walked`() throws {
        let moving = try MovingPool(TestPool.named("snaps"), from: 84)
        let pool = try Pool.open(moving.candidate)
        moving.device.turn()
        expectOnlyChanges(try check(pool))
    }

    @Test("a pool that moves on while it is walked", arguments: [1, 20, 40, 60])
    func underway(reads: Int) throws {
        let moving = try MovingPool(TestPool.named("snaps"), from: 84)
        let pool = try Pool.open(moving.candidate)
        moving.device.turn(afterReads: reads)
        expectOnlyChanges(try check(pool))
    }
}
