package import Devices
import Synchronization

/// Which space is claimed: the allocation as the block tree has it, cut up by metaslab.
///
/// Workers put runs into collectors of their own, which empty themselves here in batches, so that a
/// claim costs a few nanoseconds and seldom a lock. Nothing names an owner: where claims disagree with
/// the space maps, a second walk asks for the owners of just those ranges.
///
/// Memory is bounded by a budget: beyond it, lists go to a scratch file, and a list that has outgrown
/// its metaslab's bitmap becomes one.
package final class SpaceClaims: Sendable {
    package let vdevs: [VdevGeometry]
    private let firstShard: [Int]
    private let shards: [ClaimShard]
    private let scratch: ScratchFile?
    private let budget: Int
    /// Shorter lists stay in memory, in words: a piece of the file costs a system call whatever its length.
    private let shortestPiece: Int
    private let held = Atomic<Int>(0)
    private let highest = Atomic<Int>(0)

    /// `budget` is in bytes; without a scratch file it can only be exceeded.
    package init(vdevs: [VdevGeometry], budget: Int, scratch: ScratchFile?) {
        var first: [Int] = []
        var shards: [ClaimShard] = []
        for vdev in vdevs {
            first.append(shards.count)
            for _ in 0..<vdev.metaslabCount {
                shards.append(ClaimShard(unitCount: vdev.unitsPerMetaslab))
            }
        }
        self.vdevs = vdevs
        self.budget = budget
        self.scratch = scratch
        firstShard = first
        // Half of what the average metaslab may hold, so that what must stay is half of the budget.
        shortestPiece = max(64, min(4096, budget / 16 / max(1, shards.count)))
        self.shards = shards
    }

    /// How many metaslabs there are on all vdevs.
    package var shardCount: Int { shards.count }
    /// The most bytes that claims took in memory at any time.
    package var peakByteCount: Int { highest.load(ordering: .relaxed) }

    /// The shard of metaslab `metaslab` of the vdev at position `position` of `vdevs`.
    package func shard(vdev position: Int, metaslab: Int) -> Int { firstShard[position] + metaslab }

    /// Takes a batch of packed runs of one metaslab; throws where the scratch file can't take it.
    func add(_ words: ArraySlice<UInt64>, toShard shard: Int) throws(DeviceError) {
        let total = hold(shards[shard].state.withLock { $0.bucket.add(words) })
        if total > budget, let scratch { try spill(shard, to: scratch) }
    }

    /// Charges a change of what is in memory, in bytes; returns what that comes to.
    private func hold(_ change: Int) -> Int {
        let total = held.wrappingAdd(change, ordering: .relaxed).newValue
        if total > highest.load(ordering: .relaxed) { highest.store(total, ordering: .relaxed) }
        return total
    }

    /// Moves the list of a shard that has just grown to the scratch file.
    private func spill(_ shard: Int, to scratch: ScratchFile) throws(DeviceError) {
        let words = shards[shard].state.withLock { state in
            state.bucket.segments.count >= shortestPiece ? state.bucket.takeSegments() : []
        }
        guard !words.isEmpty else { return }
        let piece = try scratch.append(words)
        let change = shards[shard].state.withLock { state in
            let before = state.spilledByteCount
            state.spilled.append(piece)
            return state.spilledByteCount - before
        }
        _ = hold(change - words.capacity * 8)
    }

    /// What is claimed of one metaslab; its memory is given back. `sortScratch` is reused by a worker.
    package func takeRuns(
        ofShard shard: Int, sortScratch: inout [UInt64]
    ) throws(DeviceError) -> ClaimedRuns {
        var taken = shards[shard].state.withLock { state in
            let taken = state
            state = ClaimShard.State(bucket: state.bucket.emptied())
            return taken
        }
        _ = hold(-taken.bucket.byteCount - taken.spilledByteCount)
        if let scratch {
            for piece in taken.spilled {
                var words: [UInt64] = []
                try scratch.read(piece, appendingTo: &words)
                _ = taken.bucket.add(words[...])
            }
        }
        if let bitmap = taken.bucket.bitmap {
            return ClaimedRuns(
                bitmap: bitmap, overlaps: taken.bucket.overlaps,
                overlapCount: taken.bucket.overlapCount)
        }
        var words = taken.bucket.takeSegments()
        RadixSort.sort(&words, scratch: &sortScratch)
        return ClaimedRuns(sorted: words)
    }
}
