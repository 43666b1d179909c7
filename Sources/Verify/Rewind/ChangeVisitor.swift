import Bytes
import Objects
import Vdevs

/// One worker's share of the walk over what a dataset has got since the oldest state of a survey.
final class ChangeVisitor: CensusVisitor {
    private let ages: StateAges
    /// Data written between one state and the one before it, in bytes, by the place of the older in the survey.
    private(set) var bytes: [UInt64]
    private(set) var objects: ChangedObjects

    init(_ ages: StateAges) {
        self.ages = ages
        bytes = [UInt64](repeating: 0, count: ages.count)
        objects = ChangedObjects(stateCount: ages.count)
    }

    func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        guard place.level == 0, pointer.type != .dnode else { return true }
        if Self.isOwn(place.object), let age = ages.newestLacking(pointer.birth) {
            bytes[age] &+= UInt64(pointer.logicalSize)
        }
        return false
    }

    func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {
        guard Self.isOwn(object) else { return }
        var newest = dnode.spillPointer?.birth ?? TransactionGroup(0)
        for index in 0..<Int(dnode.pointerCount) {
            newest = max(newest, dnode.pointer(index).birth)
        }
        guard let age = ages.newestLacking(newest) else { return }
        objects.add(object, age: age)
    }

    /// Tables of space accounting change with every write.
    private static func isOwn(_ object: UInt64) -> Bool {
        object != 0 && object < ObjectSet.projectUsedObject
    }

    func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {}
    func finishedBlock() {}
}
