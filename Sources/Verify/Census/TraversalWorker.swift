import Blocks
import Bytes
import Objects
import Vdevs

/// One thread of a walk: takes a block of pointers, visits what it points to, keeps what lies below.
struct TraversalWorker<Visitor: CensusVisitor & ~Copyable>: ~Copyable {
    let source: any BlockSource
    let stack: WorkStack<CensusTask>
    let visited: VisitedBlocks
    private(set) var visitor: Visitor
    /// Pieces found and not yet worked on; the newest is next, so the walk goes down first.
    private var pending: [CensusTask] = []
    /// The most bytes of a block of pointers (`DN_MAX_INDBLKSHIFT`, `include/sys/dnode.h`); blocks of dnodes are smaller. So
    /// what is pending has a bound.
    private static var largest: Int { 1 << 17 }
    /// A tree deeper than this is a circle; ZFS itself allows no more levels.
    private static var deepest: Int8 { 30 }

    init(
        source: any BlockSource, stack: WorkStack<CensusTask>, visited: VisitedBlocks,
        visitor: consuming Visitor
    ) {
        self.source = source
        self.stack = stack
        self.visited = visited
        self.visitor = visitor
    }

    mutating func run(isCancelled: () -> Bool) {
        while let task = stack.take() {
            pending.append(task)
            while let task = pending.popLast() {
                if isCancelled() {
                    stack.cancel()
                    return
                }
                work(on: task)
                shareIfWanted()
            }
        }
    }

    /// Gives the older half away, which lies highest in the trees and so holds the most work.
    private mutating func shareIfWanted() {
        guard pending.count > 1, stack.isWanted else { return }
        let half = pending.count / 2
        stack.give(pending[..<half])
        pending.removeFirst(half)
    }

    private mutating func work(on task: CensusTask) {
        // The root of an object set has nothing above it that could have visited it.
        if task.content == .objectSet || task.place.level < 0 {
            guard visitor.visit(task.pointer, at: task.place) else { return }
        }
        guard !task.pointer.isHole, !task.pointer.isRedacted else { return }
        // Nothing shares a block of pointers; following one twice could go on for ever.
        guard visited.insert(task.pointer) else {
            visitor.metAgain(task)
            return
        }
        guard task.content == .objectSet || task.pointer.logicalSize <= Self.largest else {
            let flaw = "gives it \(task.pointer.logicalSize) bytes, more than any such block has"
            refuse(task, .format(FormatError("blk_prop", .invalid(flaw))))
            return
        }
        let outcome: ReadOutcome
        do {
            outcome = try source.read(task.pointer)
        } catch {
            visitor.unreadable(
                task.pointer, at: task.place,
                ObjectError(
                    object: task.place.object,
                    .block(
                        level: UInt8(clamping: task.place.level), index: task.place.index, error)))
            return
        }
        visitor.entered(task)
        switch task.content {
        case .pointers: enterPointers(outcome.bytes, task)
        case .dnodes: enterDnodes(outcome.bytes, task)
        case .objectSet: enterObjectSet(outcome.bytes, task)
        }
        visitor.finishedBlock()
    }

    private mutating func enterPointers(_ bytes: [UInt8], _ task: CensusTask) {
        let count = bytes.count / BlockPointer.byteCount
        let order = task.pointer.order
        let first = task.place.index.multipliedReportingOverflow(by: UInt64(count))
        guard !first.overflow, first.partialValue <= .max - UInt64(count) else {
            refuse(task, .outOfRange("the tree reaches past the highest block index"))
            return
        }
        for slot in 0..<count {
            let pointer: BlockPointer
            do {
                pointer = try BlockPointer(
                    bytes.rawBytes, at: slot * BlockPointer.byteCount, order)
            } catch {
                refuse(task, .format(error))
                return
            }
            // Sound: the guard above leaves room for all slots.
            enter(
                pointer,
                BlockPlace(
                    objectSet: task.place.objectSet, object: task.place.object,
                    level: task.place.level - 1, index: first.partialValue + UInt64(slot),
                    origin: task.place.origin),
                task.scope, dataBlockSize: task.dataBlockSize)
        }
    }

    private mutating func enterDnodes(_ bytes: [UInt8], _ task: CensusTask) {
        let slots = bytes.count / Dnode.slotSize
        let first = task.place.index.multipliedReportingOverflow(by: UInt64(slots))
        guard !first.overflow, first.partialValue <= .max - UInt64(slots) else {
            refuse(task, .outOfRange("the dnodes reach past the highest object number"))
            return
        }
        var slot = 0
        while slot < slots {
            let number = first.partialValue + UInt64(slot)
            do {
                let dnode = try Dnode(
                    block: bytes, at: slot * Dnode.slotSize, task.pointer.order)
                slot += dnode.isAllocated ? Int(dnode.extraSlots) + 1 : 1
                if dnode.isAllocated {
                    enter(dnode, number, below: task)
                }
            } catch {
                visitor.damaged(number, in: task, error)
                slot += 1
            }
        }
    }

    private mutating func enterObjectSet(_ bytes: [UInt8], _ task: CensusTask) {
        let header: ObjectSetHeader
        do {
            header = try ObjectSetHeader(bytes.rawBytes, task.pointer.order)
        } catch {
            refuse(task, .format(error))
            return
        }
        visitor.opened(header, in: task)
        enter(header.metaDnode, 0, below: task)
        let accounting = [
            (header.userUsed, ObjectSet.userUsedObject),
            (header.groupUsed, ObjectSet.groupUsedObject),
            (header.projectUsed, ObjectSet.projectUsedObject),
        ]
        for (dnode, number) in accounting {
            if let dnode { enter(dnode, number, below: task) }
        }
    }

    private mutating func enter(_ dnode: Dnode, _ number: UInt64, below task: CensusTask) {
        let objectSet = task.place.objectSet
        let origin = task.place.origin
        if let resume = task.scope.resume, resume.isPast(object: number) { return }
        visitor.visit(dnode, object: number, in: objectSet)
        guard let level = Int8(exactly: dnode.levels), level >= 1, level <= Self.deepest else {
            return
        }
        let size = UInt32(truncatingIfNeeded: dnode.dataBlockSize)
        let scope = CensusScope(
            floor: task.scope.floor, resume: task.scope.resume?.below(dnode))
        for index in 0..<Int(dnode.pointerCount) {
            enter(
                dnode.pointer(index),
                BlockPlace(
                    objectSet: objectSet, object: number, level: level - 1, index: UInt64(index),
                    origin: origin),
                scope, dataBlockSize: size)
        }
        if let spill = dnode.spillPointer {
            enter(
                spill,
                BlockPlace(
                    objectSet: objectSet, object: number, level: 0, index: BlockPlace.spillIndex,
                    origin: origin),
                scope, dataBlockSize: 0)
        }
    }

    /// Visits one pointer and keeps what lies below it for later.
    private mutating func enter(
        _ pointer: BlockPointer, _ place: BlockPlace, _ scope: CensusScope, dataBlockSize: UInt32
    ) {
        guard !pointer.isHole else { return }
        guard pointer.birth > scope.floor else {
            visitor.passed(pointer, at: place)
            return
        }
        let remains = scope.resume?.remains(
            object: place.object, level: place.level, index: place.index)
        guard remains != .nothing, visitor.visit(pointer, at: place), !pointer.isRedacted,
            remains != .blockAlone
        else { return }
        let isDnodes = place.level == 0 && pointer.type == .dnode
        guard place.level > 0 || isDnodes else { return }
        let task = CensusTask(
            pointer: pointer, place: place, scope: scope,
            content: isDnodes ? .dnodes : .pointers, dataBlockSize: dataBlockSize)
        guard Int(pointer.level) == Int(place.level) else {
            refuse(
                task,
                .format(
                    FormatError(
                        "blk_prop",
                        .invalid(
                            "says level \(pointer.level) where level \(place.level) is expected"))))
            return
        }
        pending.append(task)
    }

    private mutating func refuse(_ task: CensusTask, _ reason: ObjectError.Reason) {
        visitor.unreadable(
            task.pointer, at: task.place, ObjectError(object: task.place.object, reason))
    }
}
