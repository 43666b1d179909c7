import Bytes
import Objects
import Vdevs

/// One worker's look at the ZAPs of a pool, each version of each once.
///
/// Nearly all are micro ZAPs, whose one block the walk reads anyway: those are checked in place when their contents come by.
/// Those of many blocks, and those that take a key, are noted and read when the walk has ended: 24 bytes for each.
final class ZAPRecorder: ContentObserver {
    private let budget: CensusBudget
    private(set) var findings = ZAPFindings()
    private var checker = MicroZAPChecker()
    private var block: CensusTask?

    init(_ budget: CensusBudget) { self.budget = budget }

    func enter(_ task: CensusTask) {
        block = task.place.origin == .tree ? task : nil
        if task.content == .objectSet, task.place.origin == .tree {
            findings.roots[task.place.objectSet] = task.pointer
        }
    }

    /// Notes a ZAP of several blocks that changed after the snapshot before.
    func visit(_ dnode: Dnode, _ object: UInt64, _ objectSet: UInt64) {
        guard let block, dnode.type.isKnown, dnode.type.content == .zap else { return }
        let isSealed = block.pointer.usesCrypt && dnode.type.isEncrypted
        guard dnode.maximumBlockID > 0 || isSealed else { return }
        let isChanged = (0..<Int(dnode.pointerCount)).contains { index in
            let pointer = dnode.pointer(index)
            return !pointer.isHole && pointer.birth > block.scope.floor
        }
        guard isChanged else { return }
        wait(ZAPFindings.Place(objectSet: objectSet, object: object, isSealed: isSealed))
    }

    /// Looks at a block of metadata: the head of a ZAP, if it belongs to one.
    func inspect(
        _ contents: RawSpan, of pointer: BlockPointer, at place: BlockPlace
    ) {
        guard place.index == 0, pointer.type.isKnown, pointer.type.content == .zap else { return }
        let type: UInt64
        do {
            type = try MicroZAP.Layout.type.read(contents, pointer.order)
        } catch {
            return
        }
        guard type == MicroZAP.Layout.blockType else {
            // What is a fat one by its first block has others too, but a damaged dnode may not say so.
            wait(
                ZAPFindings.Place(
                    objectSet: place.objectSet, object: place.object, isSealed: false))
            return
        }
        let mayNormalize = ZAP.normalizes(pointer.type)
        for problem in checker.check(contents, pointer.order, mayNormalize: mayNormalize) {
            guard
                let found = Problem(problem, objectSet: place.objectSet, object: place.object)
            else { continue }
            findings.problems.add(found)
        }
    }

    private func wait(_ place: ZAPFindings.Place) {
        if let last = findings.waiting.last, last.object == place.object,
            last.objectSet == place.objectSet
        {
            return
        }
        guard budget.isLeft else {
            findings.omittedCount += 1
            return
        }
        findings.waiting.append(place)
        budget.take(MemoryLayout<ZAPFindings.Place>.stride)
    }
}
