import Objects
import Vdevs

/// Claims space as `verify-spacemaps` does, and lets somebody look on.
final class ObservedVisitor<Observer: CensusObserver>: SpaceClaimant {
    let space: SpaceVisitor
    private let observer: Observer

    init(_ space: SpaceVisitor, _ observer: Observer) {
        self.space = space
        self.observer = observer
    }

    func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        observer.visit(pointer, at: place)
        return space.visit(pointer, at: place)
    }

    func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {
        observer.visit(dnode, object: object, in: objectSet)
    }

    func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {
        observer.unreadable(pointer, at: place, error)
        space.unreadable(pointer, at: place, error)
    }

    func finishedBlock() { space.finishedBlock() }

    func claim(_ range: Range<UInt64>, vdev: UInt32, origin: BlockPlace.Origin) {
        space.claim(range, vdev: vdev, origin: origin)
    }

    /// Hands over what both have gathered.
    func finish() {
        observer.finish()
        space.finish()
    }
}
