import Bytes
import Datasets
import Devices
import Files
import Foundation
import Repair
import TestSupport
import Testing
import Verify

/// The way from findings to a plan, and what keeps a plan from being carried out.
@Suite struct PlanningTests {
    private func repairer(_ pool: Pool) -> Repairer {
        Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
    }

    private func plan(_ copy: PoolCopy) throws -> (pool: Pool, plan: RepairPlan) {
        let pool = try copy.open()
        let repairer = repairer(pool)
        let plan = try repairer.plan(
            try repairer.check(), cures: CureCatalogue.all, time: 2_000_000_000)
        return (pool, try #require(plan))
    }

    @Test func `a healthy pool has no plan`() throws {
        let repairer = repairer(try PoolCopy("basic").open())
        let findings = try repairer.check()
        #expect(findings.problems.isEmpty)
        #expect(
            try repairer.plan(findings, cures: CureCatalogue.all, time: 2_000_000_000) == nil)
    }

    @Test func `a cure that does not do what it claims is refused by the preview`() throws {
        let repairer = repairer(try PoolCopy(case: "basic-spacemap-double-free").open())
        let findings = try repairer.check()
        #expect {
            try repairer.plan(findings, cures: [IdleCure.self], time: 2_000_000_000)
        } throws: { error in
            "\(error)".contains("spacemap.double-free") && "\(error)".contains("still be there")
        }
    }

    @Test func `a cure that breaks something else is refused by the preview`() throws {
        let repairer = repairer(try PoolCopy(case: "basic-spacemap-double-free").open())
        let findings = try repairer.check()
        #expect {
            try repairer.plan(findings, cures: [HarmfulCure.self], time: 2_000_000_000)
        } throws: { error in
            "\(error)".contains("would be new")
        }
    }

    @Test func `a plan is refused by a pool that has moved on, and by another one`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-double-free")
        let (_, plan) = try plan(copy)
        try plan.confirm(on: try copy.open())
        #expect(throws: RepairError.self) {
            try plan.confirm(on: try PoolCopy("mirror").open())
        }
        let other = try self.plan(copy).plan
        try CommitSequence.run(other.commit, on: try copy.targets(try copy.open()))
        #expect {
            try plan.confirm(on: try copy.open())
        } throws: { error in
            "\(error)".contains("moved on")
        }
    }

    @Test func `a plan comes back from its file as it was`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-double-free")
        let (pool, plan) = try plan(copy)
        let folder = try ScratchFolder()
        let path = "\(folder.path)/plan"
        try PlanFile(plan).save(to: path)
        let read = try PlanFile(contentsOf: path).plan(for: pool)
        #expect(read.commit.stages == plan.commit.stages)
        #expect(read.actions == plan.actions)
        #expect(read.before == plan.before)
        try read.confirm(on: pool)
        // Nothing is ever overwritten.
        #expect(throws: (any Error).self) { try PlanFile(plan).save(to: path) }
    }

    @Test func `a ring that changes while it is watched means that the pool is in use`() throws {
        let copy = try PoolCopy("basic")
        let pool = try copy.open()
        try InUseCheck(pool).watch(0.6)
        let commit = try copy.touched().prepare(time: 2_000_000_000)
        let targets = try copy.targets(pool)
        Thread.detachNewThread {
            usleep(300_000)
            try? CommitSequence.run(commit, on: targets)
        }
        #expect {
            try InUseCheck(pool).watch(10)
        } throws: { error in
            "\(error)".contains("somebody writes")
        }
    }
}
