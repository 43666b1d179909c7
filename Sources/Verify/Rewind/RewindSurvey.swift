package import Bytes
package import Datasets
package import Devices
import Vdevs

/// Says of every state that the uberblock rings still hold what going back to it would give, and what it would cost.
///
/// A pool never overwrites what its newest uberblocks lead to, but gives the space of older states away after a while
/// (`TXG_DEFER_SIZE`). Each state is opened by itself and walked; trees that it shares with a newer one were read there.
/// Does for all what `spa_load_best` (`module/zfs/spa.c`) tries one by one when a pool is imported with `-F`.
package struct RewindSurvey: Sendable {
    private let candidate: PoolCandidate
    private let options: VerifyOptions
    private let interruption: Interruption
    private let meter: ProgressMeter
    /// Whether some of the changed files are named.
    private let namesPaths: Bool

    package init(
        _ candidate: PoolCandidate, _ options: VerifyOptions, namesPaths: Bool,
        meter: ProgressMeter, interruption: Interruption
    ) {
        self.candidate = candidate
        self.options = options
        self.namesPaths = namesPaths
        self.meter = meter
        self.interruption = interruption
    }

    /// All states, the newest first; with `wanted` no older one than that of this group or the one before it.
    package func run(downTo wanted: TransactionGroup? = nil) -> [RewindState] {
        let survey = LabelSurvey(candidate, threadCount: options.threadCount)
        let rings = RingSurvey(survey, pool: candidate.guid)
        var seen: Set<BlockPointer> = []
        var uberblocks = rings.uberblocks.filter { seen.insert($0.rootPointer).inserted }
        if let wanted, let last = uberblocks.firstIndex(where: { $0.txg <= wanted }) {
            uberblocks.removeSubrange((last + 1)...)
        }
        let known = KnownTrees(memory: options.memory / 2)
        let ages = StateAges(uberblocks.map(\.txg))
        var states: [RewindState] = []
        var changes: ChangeSurvey?
        for (place, uberblock) in uberblocks.enumerated() {
            guard !interruption.isRequested else { break }
            var state = RewindState(uberblock)
            state.count(uberblock, in: rings)
            do throws(PoolError) {
                let pool = try Pool.open(candidate, at: uberblock)
                if !states.contains(where: \.isCurrent) { state.isCurrent = true }
                walk(pool, &state, known, place, oldest: ages.oldest)
                if state.isCurrent {
                    changes = try? ChangeSurvey(
                        pool, ages, threadCount: options.threadCount, interruption: interruption)
                }
                state.changes =
                    changes?.changes(
                        since: place, txg: state.txg, try? pool.datasets(),
                        namesPaths: namesPaths) ?? RewindChanges()
            } catch {
                state.obstacle = "\(error)"
                state.changes =
                    changes?.changes(since: place, txg: state.txg, nil, namesPaths: false)
                    ?? RewindChanges()
            }
            states.append(state)
        }
        return states
    }

    private func walk(
        _ pool: Pool, _ state: inout RewindState, _ known: KnownTrees, _ number: Int,
        oldest: TransactionGroup
    ) {
        meter.begin("walking the state of txg \(state.txg)")
        do {
            state.datasetCount = try pool.datasets().datasets.count
        } catch {
            state.damagedObjects.append("the tree of datasets: \(error)")
        }
        let tally = RewindTally()
        let walk = RewindWalk(
            source: pool.reader, known: known, tally: tally, number: number, oldest: oldest,
            readsData: options.depth != .quick, meter: meter)
        var census = PoolCensus<RewindVisitor>(
            pool, threadCount: options.threadCount, memory: options.memory,
            interruption: interruption)
        census.run {
            RewindVisitor(walk)
        } finish: { visitor in
            visitor.finishedBlock()
        }
        let total = tally.total
        state.isUnfinished = interruption.isRequested
        state.readCount = total.readCount
        state.unreadableCount = total.unreadableCount
        state.sharedUnreadableCount = total.sharedCount
        state.lostDatasetCount = total.lostRoots.filter { $0 != 0 }.count
        state.losses = named(total.losses, in: pool)
        state.damagedObjects += pool.notes.all.filter {
            $0.kind != .state && $0.code != .foreignLabel
        }
        .prefix(Self.mostObjects).map { "\($0.place): \($0.cause)" }
    }

    /// So many objects that can't be read are told of one state.
    private static let mostObjects = 20

    private func named(_ losses: [RewindTally.Loss], in pool: Pool) -> [String] {
        var names = OwnerNames(pool)
        return losses.sorted { $0.place.sortKey < $1.place.sortKey }.map { loss in
            let owner = names.named(
                BlockOwner(
                    place: loss.place, type: loss.pointer.type, birth: loss.pointer.birth,
                    range: SpaceRange(vdev: 0, bytes: 0..<0)))
            return "\(owner.text): \(loss.cause)"
        }
    }
}

extension RewindState {
    /// Counts the slots that hold it.
    fileprivate mutating func count(_ uberblock: Uberblock, in rings: RingSurvey) {
        for entry in rings.entries {
            guard let found = entry.slot.uberblock, found.txg == uberblock.txg else { continue }
            if !entry.slot.checksum.isValid {
                damagedCopyCount += 1
            } else if found.rootPointer == uberblock.rootPointer {
                copyCount += 1
            }
        }
    }
}
