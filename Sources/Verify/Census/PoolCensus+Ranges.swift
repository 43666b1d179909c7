import Bytes
import Datasets
import Objects
import Vdevs

/// Space that no block pointer of the present tree owns.
extension PoolCensus where Visitor: ~Copyable {
    /// What was freed since the checkpoint was taken stays allocated for its sake.
    mutating func visitCheckpoint(_ visitor: inout Visitor) {
        for (index, top) in pool.rootConfig.children.enumerated() {
            guard let vdev = UInt32(exactly: top.id ?? UInt64(index)) else { continue }
            do {
                guard let map = try pool.checkpointMap(of: top),
                    let shift = top.ashift.flatMap({ UInt8(exactly: $0) })
                else { continue }
                // The map lists frees; once the checkpoint is being discarded it is cut from its end.
                let kept = KeptRanges(
                    map: map, shift: shift, end: top.asize ?? .max, memory: workMemory)
                let outcome = kept.forEachRange {
                    visitor.claim($0, vdev: vdev, origin: .checkpoint)
                }
                let what = "what the checkpoint keeps on vdev \(vdev)"
                if !outcome.isWhole {
                    leaveUnchecked(
                        what,
                        "it takes more than the memory that there is for it; a larger `--memory` may "
                            + "be enough")
                }
                if let first = outcome.problems.first { leaveUnchecked(what, first.what) }
            } catch {
                leaveUnchecked("what the checkpoint keeps on vdev \(vdev)", "\(error)")
            }
        }
    }

    /// The copies of what lies on a vdev that is being removed, as far as it has been copied.
    ///
    /// Until the removal ends, blocks are still found at their old place. Mirrors `zdb_claim_removing`
    /// (`cmd/zdb/zdb.c`).
    mutating func visitRemoval(_ visitor: inout Visitor) {
        do {
            guard let removal = try pool.removal(), removal.state == .running,
                let vdev = UInt32(exactly: removal.removingVdev),
                let top = pool.rootConfig.children.first(where: {
                    $0.id == removal.removingVdev
                })
            else { return }
            let mapping = try pool.mapping(of: top)
            guard let last = mapping.entries.last else { return }
            let end = last.source.addingReportingOverflow(last.byteCount).partialValue
            var books = SpaceBookCheck(pool, budget: workMemory)
            books.run()
            guard !books.tooLarge.contains(vdev), books.changes.omittedCount == 0 else {
                leaveUnchecked(
                    "the copies of the vdev that is being removed",
                    "its space maps take more than the memory that there is for them; a larger "
                        + "`--memory` may be enough")
                return
            }
            forEachAllocatedRun(of: vdev, books, below: end) {
                visitCopies(of: $0, mapping, &visitor)
            }
        } catch {
            leaveUnchecked("the copies of the vdev that is being removed", "\(error)")
        }
    }

    private func visitCopies(
        of range: Range<UInt64>, _ mapping: IndirectMapping, _ visitor: inout Visitor
    ) {
        var position = range.lowerBound
        while position < range.upperBound, let entry = mapping.entry(at: position) {
            // Sound: the entry covers `position`.
            let skipped = position - entry.source
            let count = min(entry.byteCount - skipped, range.upperBound - position)
            let start = entry.destination.offset.addingReportingOverflow(skipped).partialValue
            let (end, overflow) = start.addingReportingOverflow(count)
            if !overflow, count > 0 {
                visitor.claim(start..<end, vdev: entry.destination.vdev, origin: .removal)
            }
            position += max(1, count)
        }
    }

    /// Gives what the space maps of a vdev have in use, in bytes, to `body`; those that can't be read count as empty, since
    /// the check of the maps reports them.
    private func forEachAllocatedRun(
        of vdev: UInt32, _ books: SpaceBookCheck, below end: UInt64,
        _ body: (Range<UInt64>) -> Void
    ) {
        var replayer = MetaslabCheck(
            pool: pool, claims: SpaceClaims(vdevs: [], budget: 0, scratch: nil),
            changes: books.changes)
        for (shard, book) in books.books.enumerated() where book.geometry.vdev == vdev {
            guard let allocated = replayer.replay(book, shard: shard) else { continue }
            allocated.forEachRun { run in
                let bytes = book.geometry.bytes(run, ofMetaslab: book.index)
                    .clamped(to: 0..<end)
                if !bytes.isEmpty { body(bytes) }
            }
        }
    }
}
