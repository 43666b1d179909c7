import Blocks
import Bytes
import Objects
import Vdevs

/// One worker's share of the search for owners: notes each block that touches a wanted piece of space.
final class OwnerVisitor: SpaceClaimant {
    private let space: PointerSpace
    private let wanted: OwnerTarget
    /// The owners found, with the number of the piece they own.
    private(set) var found: [(number: Int, owner: BlockOwner)] = []
    /// Owners kept for each piece; a block in many snapshots' names has one owner, but a hostile tree can name it for ever.
    private var counts: [Int: Int] = [:]
    private static let mostOwners = 16

    init(_ space: PointerSpace, _ wanted: OwnerTarget) {
        self.space = space
        self.wanted = wanted
    }

    func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        guard !pointer.isRedacted else { return false }
        guard !pointer.isEmbedded else { return place.level > 0 }
        space.forEachRange(of: pointer) { range in
            wanted.forEachMatch(range, birth: pointer.physicalBirth, space.reader.vdevs) { number in
                note(
                    number,
                    BlockOwner(
                        place: place, type: pointer.type, birth: pointer.birth, range: range))
            }
        } flaw: { _ in
        }
        return true
    }

    func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {}
    func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {}
    func finishedBlock() {}

    func claim(_ range: Range<UInt64>, vdev: UInt32, origin: BlockPlace.Origin) {
        let range = SpaceRange(vdev: vdev, bytes: range)
        wanted.forEachMatch(range, birth: TransactionGroup(.max), space.reader.vdevs) { number in
            note(
                number,
                BlockOwner(
                    place: BlockPlace(
                        objectSet: 0, object: 0, level: 0, index: 0, origin: origin),
                    range: range))
        }
    }

    private func note(_ number: Int, _ owner: BlockOwner) {
        guard counts[number, default: 0] < Self.mostOwners else { return }
        counts[number, default: 0] += 1
        found.append((number, owner))
    }
}
