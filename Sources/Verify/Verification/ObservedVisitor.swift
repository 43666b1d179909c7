import Bytes
import Objects
import Vdevs

/// Claims space as `verify-spacemaps` does, and lets somebody look on.
struct ObservedVisitor<Observer: CensusObserver>: SpaceClaimant, ~Copyable {
    private(set) var space: SpaceVisitor
    private var observer: Observer

    init(_ space: consuming SpaceVisitor, _ observer: Observer) {
        self.space = space
        self.observer = observer
        self.space.inspect(with: observer.contents)
    }

    mutating func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        observer.visit(pointer, at: place)
        return space.visit(pointer, at: place)
    }

    mutating func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {
        observer.visit(dnode, object: object, in: objectSet)
    }

    mutating func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {
        observer.unreadable(pointer, at: place, error)
        space.unreadable(pointer, at: place, error)
    }

    mutating func finishedBlock() {
        observer.finishedBlock()
        space.finishedBlock()
    }

    mutating func entered(_ block: CensusTask) { observer.entered(block) }

    mutating func opened(_ header: ObjectSetHeader, in block: CensusTask) {
        observer.opened(header, in: block)
    }

    mutating func passed(_ pointer: BlockPointer, at place: BlockPlace) {
        observer.passed(pointer, at: place)
    }

    mutating func metAgain(_ block: CensusTask) { observer.metAgain(block) }

    mutating func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError) {
        observer.damaged(object, in: block, error)
        space.damaged(object, in: block, error)
    }

    mutating func claim(_ range: Range<UInt64>, vdev: UInt32, origin: BlockPlace.Origin) {
        space.claim(range, vdev: vdev, origin: origin)
    }

    /// Hands over what both have gathered.
    mutating func finish() {
        // Contents that wait are shown to the observer.
        space.finish()
        observer.finish()
    }
}
