import Blocks
import Bytes
import Datasets
import Devices
import Foundation
import Objects
import Repair
import TestSupport
import Testing
import Vdevs

/// A stop at any moment of a commit: what has arrived then is everything before the last flush, and any part of what was
/// written since, in any order.
@Suite struct CrashTests {
    /// A commit that was worked out and not carried out.
    struct Planned {
        let copy: PoolCopy
        let pool: Pool
        let commit: PreparedCommit

        init(_ archive: String) throws {
            copy = try PoolCopy(archive)
            let transaction = try copy.touched()
            pool = transaction.pool
            commit = try transaction.prepare(time: 2_000_000_000)
        }

        /// The pool as it is when these writes have arrived.
        func opened(after writes: [DeviceWrite]) throws -> Pool {
            var candidate = pool.candidate
            for (guid, device) in candidate.devices {
                let patches = writes.filter { $0.device == guid }.map(\.patch)
                candidate.devices[guid] = try Overlay(device, patches: patches)
            }
            return try Pool.open(candidate)
        }

        /// Opens it and reads all of the MOS; the state must be the old one or the new one, and whole.
        func expectWhole(after writes: [DeviceWrite], _ what: String) throws {
            let found = try opened(after: writes)
            #expect([pool.txg, commit.txg].contains(found.txg), "\(what)")
            #expect(found.notes.all.filter { $0.code == .uberblockUnreadable }.isEmpty, "\(what)")
            var damage: [String] = []
            found.meta.set.forEachDnode { visit in
                switch visit {
                case .object(let object):
                    object.forEachBlockPointer { step in
                        if case .damaged(let error, _, _) = step { damage.append("\(error)") }
                        guard case .pointer(let pointer, 0, _) = step else { return }
                        if (try? found.reader.read(pointer)) == nil { damage.append("\(pointer)") }
                    }
                case .damaged(_, let error): damage.append("\(error)")
                }
            }
            #expect(damage == [], "\(what)")
            for device in found.candidate.leafDevices {
                let labels = LabelSet(device).labels.filter(\.config.isSound)
                let usable = labels.compactMap { $0.config.list.map(PoolIdentity.init(_:))?.txg }
                #expect(usable.contains { $0 <= found.txg }, "\(what)")
            }
        }
    }

    @Test("every prefix of a commit leaves a pool that opens", arguments: ["basic", "mirror"])
    func prefixes(archive: String) throws {
        let planned = try Planned(archive)
        var done: [DeviceWrite] = []
        for (number, stage) in planned.commit.stages.enumerated() {
            for (index, write) in stage.enumerated() {
                done.append(write)
                // Blocks that nothing leads to yet can't matter one by one.
                guard number > 0 || Effort.isThorough || index % 32 == 0 || index == stage.count - 1
                else { continue }
                try planned.expectWhole(after: done, "write \(index) of stage \(number)")
            }
        }
        #expect(try planned.opened(after: done).txg == planned.commit.txg)
    }

    @Test(
        "any part of what was not flushed leaves a pool that opens", arguments: ["basic", "mirror"])
    func subsets(archive: String) throws {
        let planned = try Planned(archive)
        var random = Seed.generator()
        var before: [DeviceWrite] = []
        for (number, stage) in planned.commit.stages.enumerated() {
            for round in 0..<(Effort.isThorough ? 200 : 4) {
                let part = stage.filter { _ in Bool.random(using: &random) }.shuffled(
                    using: &random)
                try planned.expectWhole(
                    after: before + part, "round \(round) of stage \(number), seed \(Seed.current)")
            }
            before += stage
        }
    }

    @Test("a commit is taken back to the last bit", arguments: ["basic", "mirror"])
    func undone(archive: String) throws {
        let planned = try Planned(archive)
        let files = planned.pool.candidate.devices.values.map(\.name).sorted()
        let before = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        let folder = try ScratchFolder()
        let file = try OutputFolder.open(folder.path).createFile([UInt8]("undo".utf8))
        try UndoLog.write(planned.commit, of: planned.pool, to: file)
        try CommitSequence.run(planned.commit, on: try PoolTargets.open(planned.pool))
        #expect(try planned.copy.open().txg == planned.commit.txg)

        let log = try UndoLog.read(try FileDevice(path: "\(folder.path)/undo"))
        let targets = try PoolTargets.open(try planned.copy.open())
        #expect(throws: RepairError.self) { try Undo.run(log, pool: GUID(1), on: targets) }
        try Undo.run(log, pool: planned.pool.guid, on: targets)
        let after = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        #expect(before == after)
    }

    @Test func `an undo is refused where somebody has written since`() throws {
        let planned = try Planned("basic")
        let folder = try ScratchFolder()
        let file = try OutputFolder.open(folder.path).createFile([UInt8]("undo".utf8))
        try UndoLog.write(planned.commit, of: planned.pool, to: file)
        let targets = try PoolTargets.open(planned.pool)
        try CommitSequence.run(planned.commit, on: targets)
        let write = try #require(planned.commit.stages[2].first)
        let junk = [UInt8](repeating: 7, count: 16)
        try #require(targets[write.device]).write(junk.rawBytes, at: write.patch.offset)
        let log = try UndoLog.read(try FileDevice(path: "\(folder.path)/undo"))
        #expect(throws: RepairError.self) {
            try Undo.run(log, pool: planned.pool.guid, on: targets)
        }
    }

    @Test func `an undo log that is cut short or spoilt is refused`() throws {
        let planned = try Planned("basic")
        let folder = try ScratchFolder()
        let path = "\(folder.path)/undo"
        let file = try OutputFolder.open(folder.path).createFile([UInt8]("undo".utf8))
        try UndoLog.write(planned.commit, of: planned.pool, to: file)
        let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let targets = try PoolTargets.open(planned.pool)
        for end in [1, 95, 96, 200, whole.count - 1] {
            #expect(throws: RepairError.self) {
                _ = try UndoLog.read(MemoryDevice([UInt8](whole[..<end])))
            }
        }
        for place in [0, 20, 50, 70, 100, 130, 170, 200, whole.count - 1] {
            var spoilt = whole
            spoilt[place] ^= 1
            #expect(throws: RepairError.self, "\(place)") {
                let log = try UndoLog.read(MemoryDevice(spoilt))
                try Undo.run(log, pool: planned.pool.guid, on: targets)
            }
        }
    }
}
