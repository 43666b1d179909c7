import Bytes
import Datasets
import Objects
import Vdevs

/// The lists of blocks that nothing refers to any more but that are not freed yet.
extension PoolCensus where Visitor: ~Copyable {
    mutating func visitLists(_ visitor: inout Visitor) {
        visitList(.deferredFrees, .deferredFree, &visitor)
        visitList(.freeList, .freeList, &visitor)
        let notes = PoolNotes()
        for list in pool.deletedLivelists(noting: notes) { visitLivelist(list, &visitor) }
        for note in notes.all { reportList(pool.directory.object(.deletedClones), note.cause) }
    }

    /// Visits the blocks that a flush of a dedup log is going to free.
    ///
    /// What can't be read of a log is told by the check of dedup tables.
    mutating func visitDedupLogs(_ visitor: inout Visitor) {
        for table in pool.dedupTables(noting: PoolNotes()) where !table.logs.isEmpty {
            guard table.logMemory <= UInt64(clamping: workMemory) else {
                leaveUnchecked(
                    "the blocks that the dedup logs of \(table.checksum) are to free",
                    "the logs take more than the memory that there is for them; a larger `--memory` may be enough"
                )
                continue
            }
            for (index, block) in table.freedBlocks().enumerated() {
                _ = visitor.visit(
                    block.pointer,
                    at: BlockPlace(
                        objectSet: 0, object: block.log, level: 0,
                        index: UInt64(truncatingIfNeeded: index), origin: .dedupLog))
            }
            visitor.finishedBlock()
        }
    }

    private mutating func visitList(
        _ key: ObjectDirectory.Key, _ origin: BlockPlace.Origin, _ visitor: inout Visitor
    ) {
        do {
            guard let list = try pool.pointerList(key) else { return }
            visit(list, origin, &visitor)
        } catch {
            reportList(pool.directory.object(key), "\(error)")
        }
    }

    private mutating func visit(
        _ list: BlockPointerList, _ origin: BlockPlace.Origin, _ visitor: inout Visitor
    ) {
        var index: UInt64 = 0
        list.forEachPointer { step in
            switch step {
            case .pointer(let pointer, _, let object):
                _ = visitor.visit(
                    pointer,
                    at: BlockPlace(
                        objectSet: 0, object: object, level: 0, index: index, origin: origin))
                index &+= 1
            case .damaged(let error, let object): reportList(object, "\(error)")
            }
        }
        visitor.finishedBlock()
    }

    /// What a destroyed clone still owns: blocks with an entry of their writing and none of their freeing.
    ///
    /// Mirrors `dsl_process_sub_livelist` (`module/zfs/dsl_deadlist.c`).
    private mutating func visitLivelist(_ livelist: Deadlist, _ visitor: inout Visitor) {
        var lists: [BlockPointerList] = []
        do {
            switch livelist.form {
            case .single(let list): lists = [list]
            case .byBirth(_, let parts):
                for part in parts { lists.append(try pool.meta.pointerList(part.list)) }
            }
        } catch {
            reportList(livelist.object, "\(error)")
            return
        }
        for list in lists {
            var balance = LivelistBalance(memory: workMemory)
            list.forEachPointer { step in
                switch step {
                case .pointer(let pointer, let isFree, _): balance.add(pointer, isFree: isFree)
                case .damaged(let error, let object): reportList(object, "\(error)")
                }
            }
            balance.forEachUnbalanced(in: list) { pointer, balance in
                guard balance > 0 else { return }
                _ = visitor.visit(
                    pointer,
                    at: BlockPlace(
                        objectSet: 0, object: list.object.number, level: 0, index: 0,
                        origin: .destroyedClone))
            }
            visitor.finishedBlock()
        }
    }
}
