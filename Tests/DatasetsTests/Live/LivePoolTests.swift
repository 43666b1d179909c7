import Blocks
import Bytes
import Datasets
import Devices
import Objects
import TestSupport
import Testing
import Vdevs

/// A pool that is in use while it is read is read from where it has come to, and is not called damaged.
@Suite struct LivePoolTests {
    private static let archive = TestPool.named("snaps")

    private func names(_ pool: Pool) throws -> [String] {
        try pool.datasets().datasets.map(\.name)
    }

    /// The numbers and sizes of all objects of a dataset.
    private func objects(_ set: ObjectSet) -> [String] {
        var found: [String] = []
        set.forEachDnode { visit in
            switch visit {
            case .object(let object): found.append("\(object.number) \(object.dnode.usedBytes)")
            case .damaged(let range, let error): found.append("\(range): \(error)")
            }
        }
        return found
    }

    @Test func `what was overwritten is read again from the newest state`() throws {
        let moving = try MovingPool(Self.archive, from: 84)
        let pool = try Pool.open(moving.candidate)
        #expect(pool.txg.rawValue <= 84)
        #expect(pool.live.movedOn() == nil)
        let before = objects(pool.meta.set)
        let after = objects(moving.newest.meta.set)
        #expect(before != after)
        moving.device.turn()
        let found = objects(pool.meta.set)
        #expect(found == after)
        #expect(pool.live.movedOn() == moving.newest.txg)
        #expect(pool.notes.all.map(\.kind) == [.state])
        #expect(pool.notes.all.first?.cause.contains("it is in use") == true)
    }

    @Test("a pool may move on while it is opened", arguments: [9, 16, 24])
    func opening(reads: Int) throws {
        let moving = try MovingPool(Self.archive, from: 84, afterReads: reads)
        let pool = try Pool.open(moving.candidate)
        #expect(try names(pool) == names(moving.newest))
        #expect(!pool.notes.hasDamage, "\(pool.notes.all)")
    }

    @Test func `a block that stands where it stood is damaged, in use or not`() throws {
        let moving = try MovingPool(Self.archive, from: 84) { pool in
            // The history, which opening does not need.
            [try Self.contents(of: Self.history(pool), in: pool)]
        }
        let pool = try Pool.open(moving.candidate)
        moving.device.turn()
        _ = try names(pool)
        let number = try Self.history(moving.newest)
        do throws(ObjectError) {
            _ = try pool.meta.set.object(number).block(0)
            Issue.record("the block was read")
        } catch {
            guard case .block(_, _, let cause) = error.reason, case .noGoodCopy = cause.reason
            else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `what is gone changed while reading, and is no damage`() throws {
        let moving = try MovingPool(Self.archive, from: 84) { [$0.uberblock.rootPointer] }
        let pool = try Pool.open(moving.candidate)
        moving.device.turn()
        let lost = objects(pool.meta.set).filter { $0.contains("changed while reading") }
        #expect(!lost.isEmpty)
        pool.notes.damage(
            "somewhere", "something that was read is not as it must be",
            code: .damaged)
        #expect(!pool.notes.hasDamage)
        #expect(pool.notes.all.contains { $0.kind == .changed })
    }

    private static func history(_ pool: Pool) throws -> UInt64 {
        try #require(pool.directory.object(.history))
    }

    private static func contents(of object: UInt64, in pool: Pool) throws -> BlockPointer {
        try pool.meta.set.object(object).tree.pointer(level: 0, index: 0)
    }
}
