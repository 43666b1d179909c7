package import Blocks
import Synchronization
package import Vdevs

/// A small store of recently read metadata blocks: indirect blocks, dnode blocks, ZAP blocks.
///
/// A walk in object order needs the same indirect block a thousand times in a row; this saves reading
/// and decompressing it each time. Snapshots share blocks, so one cache may serve many object sets.
/// It is bounded in bytes and in blocks, and safe to share between threads.
package final class BlockCache: Sendable {
    private struct Slot {
        let outcome: ReadOutcome
        var lastUse: UInt64
    }

    private struct State {
        var slots: [BlockPointer: Slot] = [:]
        var byteCount = 0
        var clock: UInt64 = 0
    }

    private let state = Mutex(State())
    private let byteLimit: Int
    private let blockLimit: Int

    /// Holds at most so many bytes in at most so many blocks.
    package init(byteLimit: Int = 8 << 20, blockLimit: Int = 256) {
        self.byteLimit = byteLimit
        self.blockLimit = blockLimit
    }

    /// The block from here, or from `source` and then kept; failures are not kept.
    package func read(
        _ pointer: BlockPointer, at place: TreePlace?, from source: any BlockSource
    ) throws(BlockError) -> ReadOutcome {
        if let outcome = find(pointer) { return outcome }
        let outcome = try source.read(pointer, at: place)
        insert(outcome, for: pointer)
        return outcome
    }

    private func find(_ pointer: BlockPointer) -> ReadOutcome? {
        state.withLock { state in
            state.clock &+= 1
            guard let index = state.slots.index(forKey: pointer) else { return nil }
            state.slots.values[index].lastUse = state.clock
            return state.slots.values[index].outcome
        }
    }

    private func insert(_ outcome: ReadOutcome, for pointer: BlockPointer) {
        // A block that would push out most of the others is not worth keeping.
        guard outcome.bytes.count <= byteLimit / 4 else { return }
        state.withLock { state in
            let slot = Slot(outcome: outcome, lastUse: state.clock)
            if let old = state.slots.updateValue(slot, forKey: pointer) {
                state.byteCount -= old.outcome.bytes.count
            }
            state.byteCount += outcome.bytes.count
            while state.byteCount > byteLimit || state.slots.count > blockLimit {
                guard let oldest = state.slots.min(by: { $0.value.lastUse < $1.value.lastUse })
                else { break }
                state.slots.removeValue(forKey: oldest.key)
                state.byteCount -= oldest.value.outcome.bytes.count
            }
        }
    }
}
