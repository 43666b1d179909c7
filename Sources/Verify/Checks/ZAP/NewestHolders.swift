import Datasets
import Files
import Objects
import Synchronization
import Vdevs

/// Names an object by the dataset that a user sees it in, where its head still has it as an old snapshot does.
///
/// The walk meets what snapshots share in the oldest of them.
final class NewestHolders: Sendable {
    private struct Place: Hashable {
        let objectSet: UInt64
        let object: UInt64
    }

    private let context: CheckContext
    private let known = Mutex<[Place: UInt64]>([:])

    init(_ context: CheckContext) { self.context = context }

    /// The problem, in the head's object set where that has the same object with the same blocks.
    func renamed(_ problem: Problem) -> Problem {
        guard let objectSet = problem.location.objectSet, objectSet != 0,
            let object = problem.location.object
        else { return problem }
        let place = Place(objectSet: objectSet, object: object)
        let newest = known.withLock { known in
            if let found = known[place] { return found }
            let found = head(of: place) ?? objectSet
            known[place] = found
            return found
        }
        guard newest != objectSet else { return problem }
        var location = problem.location
        location.objectSet = newest
        return Problem(problem.kind, at: location, evidence: problem.evidence)
    }

    private func head(of place: Place) -> UInt64? {
        do {
            let tree = try context.pool.datasets()
            guard let own = tree.dataset(object: place.objectSet), own.isSnapshot,
                let head = tree.node(of: own)?.head
            else { return nil }
            let old = try objectSet(own).dnode(place.object)
            let new = try objectSet(head).dnode(place.object)
            let isSame = (0..<Int(old.pointerCount)).allSatisfy {
                old.pointer($0) == new.pointer($0)
            }
            return isSame && old.pointerCount == new.pointerCount ? head.object : nil
        } catch {
            return nil
        }
    }

    private func objectSet(_ dataset: Dataset) throws(ObjectError) -> ObjectSet {
        try ObjectSet(source: context.pool.reader, pointer: dataset.rootPointer)
    }
}
