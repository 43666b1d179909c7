import Bytes
import Datasets
import Objects
import Repair
import TestSupport
import Testing
import Vdevs

/// What bookmarks count of blocks that a commit frees.
@Suite struct BookmarkCommitTests {
    /// The pointers to all blocks of a dataset's files, by walking it.
    private func pointers(_ pool: Pool, _ dataset: Dataset) throws -> Set<BlockPointer> {
        var found: Set<BlockPointer> = [dataset.rootPointer]
        func add(_ object: DMUObject) {
            object.forEachBlockPointer { step in
                if case .pointer(let pointer, _, _) = step, !pointer.isEmbedded {
                    found.insert(pointer)
                }
            }
            if let spill = object.dnode.spillPointer { found.insert(spill) }
        }
        let set = try pool.objectSet(of: dataset)
        add(set.metaObject)
        set.forEachDnode { if case .object(let object) = $0 { add(object) } }
        return found
    }

    /// Rewrites the first block of every file of a dataset in a copy.
    private func rewritten(_ copy: PoolCopy, _ name: String) throws -> (before: Pool, after: Pool) {
        var transaction = try copy.transaction()
        let before = transaction.pool
        let dataset = try #require(
            try before.datasets().root.datasets.first { $0.name == name })
        try transaction.editDataset(dataset.object) { set throws(RepairError) in
            var numbers: [UInt64] = []
            set.set.forEachDnode { visit in
                guard case .object(let object) = visit, object.type == .plainFile,
                    let hole = try? object.isHole(0), !hole
                else { return }
                numbers.append(object.number)
            }
            for number in numbers {
                try set.edit(number) { file throws(RepairError) in
                    try file.setBlock(0, try file.block(0))
                }
            }
        }
        _ = try copy.commit(transaction)
        return (before, try copy.open())
    }

    @Test func `bookmarks of the newest snapshot count what the head frees`() throws {
        let copy = try PoolCopy("snaps")
        let (before, after) = try rewritten(copy, "snaps/a")
        let name = "snaps/a"
        let old = try #require(try before.datasets().root.datasets.first { $0.name == name })
        let new = try #require(try after.datasets().root.datasets.first { $0.name == name })
        let gone = try pointers(before, old).subtracting(try pointers(after, new))
        #expect(!gone.isEmpty)
        let last = old.stored.previousSnapshotTxg
        let marks = Dictionary(
            uniqueKeysWithValues: after.bookmarks(of: new).map { ($0.name, $0.bookmark) })
        var counted = 0
        for mark in before.bookmarks(of: old) {
            let now = try #require(marks[mark.name])
            guard mark.bookmark.hasFreedSums, mark.bookmark.creationTxg >= last else {
                #expect(now == mark.bookmark)
                continue
            }
            let own = gone.filter { $0.birth <= mark.bookmark.creationTxg }
            #expect(
                now.referencedFreedBytes - mark.bookmark.referencedFreedBytes
                    == own.reduce(0) { $0 + $1.allocatedSize })
            #expect(
                now.compressedFreedBytes - mark.bookmark.compressedFreedBytes
                    == own.reduce(0) { $0 + UInt64($1.physicalSize) })
            counted += 1
        }
        #expect(counted > 0)
        try copy.expectSound(pool: "snaps", importing: Effort.isThorough)
    }
}
