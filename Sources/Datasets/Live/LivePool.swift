import Blocks
package import Bytes
import Objects
import Synchronization
import Vdevs

/// Watches the devices of a pool that may be in use while it is read.
///
/// ZFS never overwrites what the newest uberblock leads to, so as long as no newer one turns up, what is read
/// stands still, and what is wrong is damaged. Once one does, blocks of the state that was opened may be given
/// to others; then they are looked for in the state that the pool has come to.
package final class LivePool: ChangeWatch {
    /// How often the newest state is opened again while the pool keeps moving on.
    private static let attempts = 3
    /// How long rings may be read altogether, and the share of the time since that may go there besides: a pool
    /// with very many damaged blocks would else be read for the sake of its rings.
    private static let allowance = Duration.seconds(2)
    private static let share = 20

    private let candidate: PoolCandidate
    private let options: PoolOptions
    private let notes: PoolNotes
    /// The newest txg that the devices had when the pool was opened.
    private let opened: TransactionGroup
    private let state = Mutex(State())
    private let mixed = Atomic<Bool>(false)

    private struct State {
        /// The newest txg that was seen since.
        var seen: TransactionGroup?
        /// How long rings were read so far.
        var spent = Duration.zero
        let start = ContinuousClock.now
        /// The newest state, opened when it was first needed.
        var current: Pool?
    }

    init(
        _ candidate: PoolCandidate, _ options: PoolOptions, opened: TransactionGroup,
        notes: PoolNotes
    ) {
        self.candidate = candidate
        self.options = options
        self.opened = opened
        self.notes = notes
    }

    /// Whether blocks of a newer state were read in place of some that are gone, so that what was read is of no one state.
    package var isMixed: Bool { mixed.load(ordering: .relaxed) }

    package func movedOn() -> TransactionGroup? {
        state.withLock { state in
            if let seen = state.seen { return seen }
            let start = ContinuousClock.now
            guard state.spent < Self.allowance + (start - state.start) / Self.share else {
                return nil
            }
            let newest = Self.newestTxg(of: candidate)
            state.spent += .now - start
            if let newest, newest > opened { state.seen = newest }
            return state.seen
        }
    }

    /// The newest txg on the devices.
    private static func newestTxg(of candidate: PoolCandidate) -> TransactionGroup? {
        var newest: TransactionGroup?
        for top in candidate.root.children {
            for leaf in top.leaves {
                guard let device = leaf.guid.flatMap({ candidate.devices[$0] }),
                    let txg = UberblockRing.newest(on: device, ashift: top.ashift ?? 9)?.txg
                else { continue }
                newest = max(newest ?? txg, txg)
            }
        }
        return newest
    }

    /// The blocks of a dataset, or of the MOS where `dataset` is nil, found again where they change.
    func source(
        _ reader: BlockReader, dataset: UInt64?, key: DatasetKey? = nil
    ) -> any BlockSource {
        guard options.followsChanges else { return reader }
        return LiveSource(reader: reader, live: self, dataset: dataset, key: key)
    }

    /// Looks for the block at a place of a dataset's object set, or of the MOS where `dataset` is nil, in the
    /// state that the pool has come to; `key` opens the dataset.
    func reread(
        _ place: TreePlace, insteadOf pointer: BlockPointer, dataset: UInt64?, key: DatasetKey?
    ) -> RereadOutcome {
        for _ in 0..<Self.attempts {
            guard let pool = current() else { return .gone }
            do throws(BlockError) {
                guard let found = try pool.block(at: place, dataset: dataset, key: key),
                    found.bytes.count == pointer.logicalSize
                else {
                    return .gone
                }
                notes.state(
                    "the pool",
                    "it is in use: what was overwritten was read again as of txg \(pool.txg)",
                    code: .rereadNewer)
                mixed.store(true, ordering: .relaxed)
                return .block(found)
            } catch {
                // A block that moved on again is looked for again; one that stands there is damaged.
                if case .changed = error.reason { continue }
                return error.pointer == pointer ? .damaged : .gone
            }
        }
        return .gone
    }

    /// The newest state, opened again where it has moved on itself; nil where it can't be opened, or an older
    /// state is what the user asked for.
    private func current() -> Pool? {
        guard options.state == .newest, options.followsChanges else { return nil }
        return state.withLock { state in
            if let pool = state.current, pool.live.movedOn() == nil { return pool }
            var own = options
            own.followsChanges = false
            state.current = try? Pool.open(candidate, own)
            // Where the newest can't be opened, an older one says nothing of what became of a block.
            if let pool = state.current, pool.txg <= opened { state.current = nil }
            return state.current
        }
    }
}
