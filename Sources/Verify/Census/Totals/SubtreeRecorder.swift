import Bytes
import Datasets
import Objects
import Vdevs

/// One worker's notes for the totals of trees.
///
/// A walk enters a block of pointers once, in the oldest tree that has it. Newer trees name it, and find what is below in
/// what was noted there.
struct SubtreeRecorder {
    /// The trees of one dataset, or those that wait to be freed.
    struct Root: Hashable {
        var objectSet: UInt64 = 0
        var origin = BlockPlace.Origin.tree
    }

    private let deflation: Deflation
    private let budget: CensusBudget
    private(set) var entries: [SubtreeEntry] = []
    private(set) var children: [UInt64] = []
    /// What was visited of each root, above its floor.
    private(set) var born: [Root: SubtreeTotal] = [:]
    /// Roots below which something could not be entered.
    private(set) var incomplete: Set<Root> = []
    /// The root that was visited last, whose sum is kept apart.
    private var root = Root()
    private var sum = SubtreeTotal()
    private var isInBlock = false
    private var content = CensusTask.Content.pointers

    init(_ deflation: Deflation, _ budget: CensusBudget) {
        self.deflation = deflation
        self.budget = budget
    }

    mutating func enter(_ block: CensusTask) {
        guard let key = SubtreeKey.key(block.pointer), budget.isLeft else { return }
        var entry = SubtreeEntry(key: key, isIndirect: block.content == .pointers)
        entry.childStart = UInt32(clamping: children.count)
        if block.content == .dnodes { entry.lastIndex = block.place.index }
        entries.append(entry)
        content = block.content
        isInBlock = true
    }

    /// A dnode in use, which fills the entered block.
    mutating func visit(_ object: UInt64) {
        guard isInBlock else { return }
        if content == .dnodes { entries[entries.count - 1].fill += 1 }
    }

    /// A block above the floor, which belongs to what its root alone has.
    mutating func visit(_ pointer: BlockPointer, _ place: BlockPlace) {
        guard place.origin == .tree || place.origin == .destroyedTree else { return }
        let own = SubtreeTotal(pointer, deflation)
        if place.objectSet != root.objectSet || place.origin != root.origin { turn(to: place) }
        sum.add(own)
        if isInBlock { add(own, pointer, place) }
    }

    /// A block that an older tree has.
    mutating func pass(_ pointer: BlockPointer, _ place: BlockPlace) {
        if isInBlock { add(SubtreeTotal(pointer, deflation), pointer, place) }
    }

    /// Something of the entered block, or all below a block, is unknown.
    mutating func lose(_ place: BlockPlace, inEnteredBlock: Bool) {
        incomplete.insert(Root(objectSet: place.objectSet, origin: place.origin))
        if inEnteredBlock, isInBlock { entries[entries.count - 1].state = .incomplete }
    }

    mutating func finishBlock() {
        guard isInBlock else { return }
        isInBlock = false
        let last = entries.count - 1
        let count = UInt32(clamping: children.count) - entries[last].childStart
        entries[last].childCount = count
        budget.take(MemoryLayout<SubtreeEntry>.stride + Int(count) * MemoryLayout<UInt64>.stride)
    }

    mutating func finish() { turn(to: nil) }

    private mutating func turn(to place: BlockPlace?) {
        born[root, default: SubtreeTotal()].add(sum)
        sum = SubtreeTotal()
        guard let place else { return }
        root = Root(objectSet: place.objectSet, origin: place.origin)
    }

    private mutating func add(
        _ own: SubtreeTotal, _ pointer: BlockPointer, _ place: BlockPlace
    ) {
        let last = entries.count - 1
        let isBranch = place.level > 0 || pointer.type == .dnode
        entries[last].total.add(own)
        if content == .pointers {
            entries[last].ownCharged &+= own.charged
            if place.level == 0 {
                entries[last].lastIndex = max(entries[last].lastIndex, place.index)
            }
        }
        guard isBranch else {
            if content == .pointers { entries[last].fill += 1 }
            return
        }
        guard let key = SubtreeKey.key(pointer) else {
            // A block of pointers inside a pointer: no version writes one.
            entries[last].state = .incomplete
            return
        }
        children.append(key)
        if content == .pointers || content == .objectSet && place.object == 0 {
            entries[last].fillingChildCount += 1
        }
    }
}
