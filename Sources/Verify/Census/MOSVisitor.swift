import Bytes
import Objects
import Vdevs

/// Passes a walk over the MOS on to another visitor, and notes the datasets on the way.
struct MOSVisitor<Base: CensusVisitor & ~Copyable>: CensusVisitor, ~Copyable {
    var base: Base
    private let roots: DatasetRoots

    init(_ base: consuming Base, _ roots: DatasetRoots) {
        self.base = base
        self.roots = roots
    }

    mutating func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        base.visit(pointer, at: place)
    }

    mutating func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {
        roots.note(dnode, object: object)
        base.visit(dnode, object: object, in: objectSet)
    }

    mutating func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {
        base.unreadable(pointer, at: place, error)
    }

    mutating func finishedBlock() { base.finishedBlock() }
    mutating func entered(_ block: CensusTask) { base.entered(block) }
    mutating func opened(_ header: ObjectSetHeader, in block: CensusTask) {
        base.opened(header, in: block)
    }
    mutating func passed(_ pointer: BlockPointer, at place: BlockPlace) {
        base.passed(pointer, at: place)
    }
    mutating func metAgain(_ block: CensusTask) { base.metAgain(block) }
    mutating func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError) {
        base.damaged(object, in: block, error)
    }
}
