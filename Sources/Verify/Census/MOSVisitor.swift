import Objects
import Vdevs

/// Passes a walk over the MOS on to another visitor, and notes the datasets on the way.
final class MOSVisitor<Base: CensusVisitor>: CensusVisitor {
    let base: Base
    private let roots: DatasetRoots

    init(_ base: Base, _ roots: DatasetRoots) {
        self.base = base
        self.roots = roots
    }

    func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        base.visit(pointer, at: place)
    }

    func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {
        roots.note(dnode, object: object)
        base.visit(dnode, object: object, in: objectSet)
    }

    func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {
        base.unreadable(pointer, at: place, error)
    }

    func finishedBlock() { base.finishedBlock() }
}
