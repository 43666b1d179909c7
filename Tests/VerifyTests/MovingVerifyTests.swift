import Datasets
import Devices
import Files
import Objects
import TestSupport
import Testing
import Verify

/// A pool that is in use, and moves on while it is checked, is not called damaged; what is damaged is.
@Suite struct MovingVerifyTests {
    private func run(_ pool: Pool) throws -> VerifyResult {
        try Verifier(
            PoolContents(pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption()
        ).run()
    }

    private func expectNoDamage(_ result: VerifyResult) {
        let damage = result.problems.filter { $0.kind.severity.isDamage }
        #expect(damage.isEmpty, "\(damage.map { Found($0) })")
    }

    @Test func `a pool that moves on before it is checked`() throws {
        let moving = try MovingPool(TestPool.named("snaps"), from: 84)
        let pool = try Pool.open(moving.candidate)
        moving.device.turn()
        expectNoDamage(try run(pool))
    }

    @Test(
        "a pool that moves on while it is checked",
        arguments: [1, 30, 100, 200, 300, 400, 600, 800, 1000, 1300])
    func underway(reads: Int) throws {
        let moving = try MovingPool(TestPool.named("snaps"), from: 84)
        let pool = try Pool.open(moving.candidate)
        moving.device.turn(afterReads: reads)
        expectNoDamage(try run(pool))
    }

    @Test func `what is damaged in the newest state, too, is told`() throws {
        let moving = try MovingPool(TestPool.named("snaps"), from: 84) { pool in
            let object = try #require(pool.directory.object(.history))
            return [try pool.meta.object(object).dnode.pointer(0)]
        }
        let pool = try Pool.open(moving.candidate)
        moving.device.turn()
        let result = try run(pool)
        #expect(
            result.problems.contains {
                $0.kind.severity.isDamage
                    && $0.location.object == pool.directory.object(.history)
            }
                || result.unchecked.contains { $0.why.contains("in use") },
            "\(result.problems.map { Found($0) }) \(result.unchecked)")
    }
}
