import Blocks
import Bytes
import Devices
import Objects
import Vdevs

/// One worker's share of the walk over an older state: reads what that has of its own, passes by the trees that a newer one
/// has shown.
///
/// Blocks that are only to be freed, and those of intent logs, need not be readable for a state to be whole.
final class RewindVisitor: SpaceClaimant {
    private let walk: RewindWalk
    /// The nearest kept block at or above the one that was entered.
    private var anchor: KnownTrees.Key?
    /// Whether the block that was entered is of the time of the states, so that what stands in it is kept.
    private var isYoung = true
    private var readCount: UInt64 = 0

    init(_ walk: RewindWalk) { self.walk = walk }

    func entered(_ block: CensusTask) {
        let key = KnownTrees.Key(block.pointer)
        anchor = walk.known.takeAnchor(of: key)
        isYoung = block.pointer.birth > walk.oldest
    }

    func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        guard place.origin == .tree, !pointer.isHole, !pointer.isRedacted else { return false }
        guard !pointer.isEmbedded else { return true }
        let key = KnownTrees.Key(pointer)
        let isBranch = place.level != 0 || pointer.type == .dnode
        let isRoot = place.level == BlockPlace.rootLevel
        guard isBranch || isWanted(pointer, place) else { return false }
        if isRoot || isYoung {
            let parent = isRoot ? walk.tally.holder(ofDataset: place.objectSet) : anchor
            switch walk.known.meet(key, below: parent, walk: walk.number) {
            case .first: break
            case .inSameWalk: return false
            case .inNewerState(let unreadable):
                guard unreadable > 0 else { return false }
                walk.tally.addShared(unreadable)
                // A still older state may share what leads to it here.
                if let parent { walk.known.noteUnreadable(below: parent, count: unreadable) }
                return false
            }
        } else if isBranch, let anchor {
            walk.known.setAnchor(anchor, of: key)
        }
        readCount += 1
        if !isBranch { prove(pointer, place, isKept: isYoung) }
        return isBranch
    }

    private func isWanted(_ pointer: BlockPointer, _ place: BlockPlace) -> Bool {
        walk.readsData || place.objectSet == 0 || pointer.type.isMetadata
    }

    /// Checksums alone: without its key an encrypted block can be proved, too.
    private func prove(_ pointer: BlockPointer, _ place: BlockPlace, isKept: Bool) {
        do {
            _ = try walk.source.readStored(pointer)
        } catch {
            if let anchor = isKept ? KnownTrees.Key(pointer) : anchor {
                walk.known.noteUnreadable(below: anchor)
            }
            walk.tally.add(RewindTally.Loss(pointer: pointer, place: place, cause: "\(error)"))
        }
    }

    func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {
        guard objectSet == 0, dnode.bonusType == .dslDataset, let anchor else { return }
        walk.tally.note(holder: anchor, ofDataset: object)
    }

    func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {
        guard place.origin == .tree else { return }
        if case .block(_, _, let cause) = error.reason, case .noKey = cause.reason { return }
        walk.known.noteUnreadable(below: walk.known.takeAnchor(of: KnownTrees.Key(pointer)))
        walk.tally.add(RewindTally.Loss(pointer: pointer, place: place, cause: "\(error)"))
    }

    func finishedBlock() {
        walk.meter.add(readCount)
        walk.tally.addRead(readCount)
        readCount = 0
    }

    func claim(_ range: Range<UInt64>, vdev: UInt32, origin: BlockPlace.Origin) {}
}
