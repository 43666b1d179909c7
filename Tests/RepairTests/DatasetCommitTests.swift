import Bytes
import Datasets
import Objects
import Repair
import TestSupport
import Testing
import Vdevs

/// Commits that change the contents of datasets.
@Suite struct DatasetCommitTests {
    /// The heads of a pool that can be written to, with their first file that has a block.
    private func files(_ pool: Pool) throws -> [(dataset: Dataset, object: UInt64)] {
        var found: [(dataset: Dataset, object: UInt64)] = []
        for dataset in try pool.datasets().root.datasets
        where !dataset.isSnapshot && !dataset.rootPointer.isHole {
            var first: UInt64?
            try pool.objectSet(of: dataset).forEachDnode { visit in
                guard first == nil, case .object(let object) = visit else { return }
                guard object.type == .plainFile, let hole = try? object.isHole(0), !hole,
                    let pointer = try? object.tree.pointer(level: 0, index: 0),
                    !pointer.isEmbedded
                else { return }
                first = object.number
            }
            if let first { found.append((dataset, first)) }
        }
        return found
    }

    /// What all blocks of a dataset are charged as, found by walking it.
    private func charged(_ pool: Pool, _ dataset: Dataset) throws -> UInt64 {
        guard !dataset.rootPointer.isHole else { return 0 }
        let deflation = Deflation(pool.vdevs, isOn: pool.directory.value(.deflate) != nil)
        var sum: UInt64 = 0
        func add(_ pointer: BlockPointer) {
            for copy in 0..<3 where pointer.hasCopy(copy) {
                sum += deflation.charged(pointer.dva(copy))
            }
        }
        func add(_ object: DMUObject) {
            object.forEachBlockPointer { step in
                if case .pointer(let pointer, _, _) = step { add(pointer) }
            }
            if let spill = object.dnode.spillPointer { add(spill) }
        }
        let set = try pool.objectSet(of: dataset)
        add(dataset.rootPointer)
        add(set.metaObject)
        for special in (0..<3).map({ ObjectSet.userUsedObject - $0 }) {
            if let object = try? set.object(special) { add(object) }
        }
        set.forEachDnode { if case .object(let object) = $0 { add(object) } }
        return sum
    }

    static let pools =
        [("snaps", "snaps")]
        + (Effort.isThorough
            ? [("basic", "basic"), ("raidz1", "rz1"), ("livelist", "livelist")] : [])

    @Test("what is written again stays what it was, snapshots keep what they had", arguments: pools)
    func rewritten(archive: String, name: String) throws {
        let copy = try PoolCopy(archive)
        var transaction = try copy.transaction()
        let files = try files(transaction.pool)
        #expect(!files.isEmpty)
        var refused = 0
        for (dataset, object) in files {
            do throws(RepairError) {
                try transaction.editDataset(dataset.object) { set throws(RepairError) in
                    try set.edit(object) { file throws(RepairError) in
                        try file.setBlock(0, try file.block(0))
                    }
                }
            } catch {
                guard case .unsupported = error else { throw error }
                refused += 1
            }
        }
        #expect(refused < files.count)
        _ = try copy.commit(transaction)
        let after = try copy.open()
        let old = Dictionary(
            uniqueKeysWithValues: try transaction.pool.datasets().root.datasets.map {
                ($0.object, $0)
            })
        for dataset in try after.datasets().root.datasets {
            let before = try #require(old[dataset.object])
            #expect(
                try dataset.stored.referencedBytes &- charged(after, dataset)
                    == before.stored.referencedBytes &- charged(transaction.pool, before))
            guard dataset.isSnapshot else { continue }
            #expect(dataset.rootPointer == before.rootPointer)
        }
        try copy.expectSound(pool: name, importing: Effort.isThorough)
    }

    @Test func `a block that is punched out reads as zeros and is charged no more`() throws {
        let copy = try PoolCopy("basic")
        var transaction = try copy.transaction()
        let (dataset, object) = try #require(try files(transaction.pool).first)
        let before = try transaction.pool.objectSet(of: dataset).object(object)
        let pointer = try before.tree.pointer(level: 0, index: 0)
        try transaction.editDataset(dataset.object) { set throws(RepairError) in
            try set.edit(object) { file throws(RepairError) in file.punch(0) }
        }
        _ = try copy.commit(transaction)
        let after = try copy.open()
        let changed = try #require(
            try after.datasets().root.datasets.first { $0.object == dataset.object })
        let file = try after.objectSet(of: changed).object(object)
        #expect(try file.isHole(0))
        #expect(try file.block(0).allSatisfy { $0 == 0 })
        #expect(file.dnode.usedBytes + pointer.allocatedSize == before.dnode.usedBytes)
        // The accounts of users and groups are written again, and may take more or less than before.
        #expect(
            try changed.stored.referencedBytes &- charged(after, changed)
                == dataset.stored.referencedBytes &- charged(transaction.pool, dataset))
        try copy.expectSound(pool: "basic", importing: Effort.isThorough)
    }

    @Test func `a snapshot can't be written to`() throws {
        let copy = try PoolCopy("snaps")
        var transaction = try copy.transaction()
        let snapshot = try #require(
            try transaction.pool.datasets().root.datasets.first(where: \.isSnapshot))
        #expect(throws: RepairError.self) {
            try transaction.editDataset(snapshot.object) { _ throws(RepairError) in }
        }
    }
}
