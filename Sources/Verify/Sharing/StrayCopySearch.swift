import Datasets
package import Vdevs

/// Finds all pointers to some deduplicated blocks, with their places: a walk for a cure's sake.
package enum StrayCopySearch {
    /// One pointer and where it stands, in the oldest tree that has it.
    package struct Found: Sendable {
        package let place: BlockPlace
        package let pointer: BlockPointer
    }

    /// What one worker has found.
    private struct Share {
        var pointers: [SharedBlocks.Key: [Found]] = [:]
        var count = 0
    }

    /// More than anybody corrects one by one.
    private static let mostPointers = 1 << 16

    /// The pointers by the places of the blocks' first copies; empty where the walk could not come to everything.
    package static func pointers(
        to wanted: Set<SharedBlocks.Key>, _ context: CheckContext
    ) -> [SharedBlocks.Key: [Found]] {
        let found = PointerWalk.run(context, from: Share()) { all, share in
            all.pointers.merge(share.pointers) { $0 + $1 }
        } _: { pointer, place, share in
            let key = SharedBlocks.Key(pointer.dva(0))
            guard pointer.isDeduplicated, wanted.contains(key) else { return true }
            // What waits to be freed can't be corrected.
            guard place.origin == .tree, share.count < mostPointers else { return false }
            share.count += 1
            share.pointers[key, default: []].append(Found(place: place, pointer: pointer))
            return true
        }
        return found?.pointers ?? [:]
    }
}
