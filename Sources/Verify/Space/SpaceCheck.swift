package import Datasets
package import Devices
import Synchronization
import Vdevs

/// Who owns every sector: plays all space maps back, takes the allocation anew from the block tree, and compares.
///
/// Passes: the books (metaslab arrays, logs), the walk over everything that owns space, the comparison metaslab by
/// metaslab, the side maps, and where something differs a second walk for its owners. Damage cuts off what depends on
/// it and nothing else; what could not be looked at is told.
package struct SpaceCheck: Sendable {
    private let pool: Pool
    private let options: SpaceCheckOptions
    private let meter: ProgressMeter
    private let interruption: Interruption
    /// How many passes `run` begins.
    package static let passCount = 4

    package init(
        _ pool: Pool, _ options: SpaceCheckOptions, meter: ProgressMeter,
        interruption: Interruption
    ) {
        self.pool = pool
        self.options = options
        self.meter = meter
        self.interruption = interruption
    }

    /// Runs all passes. Throws only where there is no scratch file to be had.
    package func run() throws(DeviceError) -> SpaceCheckResult {
        var result = try run { NoObserver() }
        result.names = PlaceNames(pool, for: result.problems, interruption)
        return result
    }

    /// The same; each worker of the walk has somebody made by `makeObserver` look on.
    package func run<Observer: CensusObserver>(
        observedBy makeObserver: @escaping @Sendable () -> sending Observer
    ) throws(DeviceError) -> SpaceCheckResult {
        var result = SpaceCheckResult()
        meter.begin("reading the metaslab arrays and logs")
        var books = SpaceBookCheck(pool, budget: options.memory / 4)
        books.run()
        var problems = books.problems
        result.unchecked = books.unchecked

        let scratch = try options.scratchFolder.map { folder throws(DeviceError) in
            try ScratchFile(directory: folder)
        }
        let claims = SpaceClaims(
            vdevs: books.vdevs, budget: options.memory / 2, scratch: scratch)
        let shared = SharedBlocks.read(
            pool, memory: options.memory / SharedBlocks.shareOfMemory,
            isCounting: options.countsReferences)
        let walk = walk(books, claims, shared, makeObserver)
        result.shared = shared
        result.isWalkComplete = walk.isComplete
        result.walked = walk.walked
        result.mappingUse = walk.mappingUse
        problems.add(walk.problems)
        result.totals = walk.totals
        result.unchecked += walk.unchecked
        result.claimMemory = claims.peakByteCount
        result.spilledBytes = scratch?.byteCount ?? 0
        result.isCancelled = interruption.isRequested
        guard !result.isCancelled else {
            finish(&result, problems, [])
            return result
        }

        let comparison = SpaceComparison(
            pool: pool, books: books, claims: claims, threadCount: comparingThreads(books),
            meter: meter, interruption: interruption, keepsSurvey: options.keepsSurvey)
        comparison.run()
        let compared = comparison.outcome
        problems.add(compared.problems)
        result.metaslabs = compared.metaslabs
        result.unchecked += compared.unchecked
        withholdLeaks(walk, compared, &result, &problems)
        if options.keepsSurvey {
            result.survey = SpaceSurvey(
                pool, books, compared.surveyed, isComplete: walk.isComplete,
                pendingLogBlocks: walk.pendingLogBlocks,
                isMissingLogBlocks: walk.isMissingLogBlocks)
        }
        var sides = SideMapCheck(
            pool, books, MemoryShare(options.memory / SharedBlocks.shareOfMemory))
        sides.run()
        problems.add(sides.problems)
        result.unchecked += sides.unchecked
        result.isCancelled = interruption.isRequested
        finish(&result, problems, books.vdevs)
        return result
    }

    /// What the walk brought.
    private struct Walk {
        var totals = BlockTotals()
        var problems = ProblemList()
        var unchecked: [Unchecked] = []
        var unreadableCount = 0
        var failure: DeviceError?
        var pendingLogBlocks: [BlockPointer] = []
        var isMissingLogBlocks = false
        var walked: [UInt64] = []
        var mappingUse: MappingUse

        /// Whether everything that could own space was seen.
        var isComplete: Bool { unreadableCount == 0 && unchecked.isEmpty && failure == nil }
    }

    /// What the workers of a walk add up to.
    private final class Sum: Sendable {
        let walk: Mutex<Walk>

        init(_ mappingMemory: MemoryShare) {
            walk = Mutex(Walk(mappingUse: MappingUse(mappingMemory)))
        }
    }

    private func walk<Observer: CensusObserver>(
        _ books: SpaceBookCheck, _ claims: SpaceClaims, _ shared: SharedBlocks,
        _ makeObserver: @escaping @Sendable () -> sending Observer
    ) -> Walk {
        let total = books.books.reduce(UInt64(0)) { sum, book in
            sum &+ (book.bounds.upperBound - book.bounds.lowerBound)
        }
        meter.begin(
            "walking the block tree", total: min(books.allocated, total), isBytes: true)
        let context = SpaceContext(
            space: PointerSpace(reader: pool.reader, vdevs: books.vdevs), claims: claims,
            shared: shared, lastTxg: pool.txg, options: options, meter: meter,
            interruption: interruption)
        let sum = Sum(context.mappingMemory)
        var census = PoolCensus<ObservedVisitor<Observer>>(
            pool, threadCount: options.threadCount, memory: options.memory,
            interruption: interruption)
        if let state = options.state {
            census.whenWalked = { datasets in
                let found = sum.walk.withLock { $0.problems }
                state.note(datasets, found: found)
            }
        }
        census.leavesOutCheckpoint = options.leavesOutCheckpoint
        census.leavesOutRemoval = options.leavesOutRemoval
        census.run {
            ObservedVisitor(SpaceVisitor(context), makeObserver())
        } finish: { observed in
            var observed = observed
            observed.finish()
            let visitor = observed.space
            let (totals, problems) = (visitor.totals, visitor.problems)
            let (unreadable, failure) = (visitor.unreadableCount, visitor.failure)
            let mappingUse = visitor.mappingUse
            sum.walk.withLock { walk in
                walk.totals.add(totals)
                walk.problems.add(problems)
                walk.mappingUse.add(mappingUse)
                walk.unreadableCount += unreadable
                walk.failure = walk.failure ?? failure
            }
        }
        var walk = sum.walk.withLock { $0 }
        walk.problems.add(census.problems)
        walk.unchecked = census.unchecked
        walk.walked = census.walked
        walk.mappingUse.follow(through: pool.vdevs)
        for vdev in context.space.unmapped.sorted() {
            walk.unchecked.append(
                Unchecked("the blocks of removed vdev \(vdev)", "where they went can't be read"))
        }
        if shared.isUncounted {
            walk.unchecked.append(Self.unknownSharing(pool))
        }
        walk.pendingLogBlocks = census.logBlocks.pending
        walk.isMissingLogBlocks = census.isMissingLogBlocks
        return walk
    }

    /// How many metaslabs can be compared at once: whoever compares one may hold four bitmaps of it.
    private func comparingThreads(_ books: SpaceBookCheck) -> Int {
        let largest = books.vdevs.map { UnitBitmap.byteCount(units: $0.unitsPerMetaslab) }.max()
        return max(1, min(options.threadCount, options.memory / 8 / max(1, largest ?? 0)))
    }

    private static func unknownSharing(_ pool: Pool) -> Unchecked {
        let needed = SharedBlocks.memoryNeeded(pool)
        let advice =
            needed == .max ? "" : "; `--memory \(needed >> 20 + 1)M` may be enough"
        return Unchecked(
            "the references to deduplicated and cloned blocks",
            "the tables that list them take more than the memory that there is for them\(advice)")
    }

    /// Leaks are only told where everything that could own them was seen.
    private func withholdLeaks(
        _ walk: Walk, _ compared: SpaceComparison.Outcome, _ result: inout SpaceCheckResult,
        _ problems: inout ProblemList
    ) {
        if let failure = walk.failure {
            result.unchecked.append(Unchecked("the comparison", "claims were lost: \(failure)"))
        }
        guard walk.isComplete else {
            guard !compared.leaks.all.isEmpty else { return }
            let cause =
                walk.unreadableCount > 0
                ? "blocks that can't be read (\(walk.unreadableCount)) may lead to its owners"
                : "what else may own it could not be looked at"
            result.unchecked.append(
                Unchecked("space of \(result.leaked) bytes that seems leaked", cause))
            for index in result.metaslabs.indices { result.metaslabs[index].leaked = 0 }
            return
        }
        problems.add(compared.leaks)
    }

    /// Sorts the problems and finds their owners.
    private func finish(
        _ result: inout SpaceCheckResult, _ problems: ProblemList, _ vdevs: [VdevGeometry]
    ) {
        result.omittedCount = problems.omittedCount
        var seen: Set<Problem> = []
        // Three claims on one block overlap twice.
        result.problems = problems.all.filter { seen.insert($0).inserted }
            .sorted { $0.rank < $1.rank }
        excuseChanges(&result)
        guard options.findsOwners, !vdevs.isEmpty else { return }
        let wanted = result.problems.indices.filter { result.problems[$0].wantsOwners }
            .prefix(Self.mostSearched)
        guard !wanted.isEmpty else { return }
        meter.begin("finding owners")
        let ranges = wanted.compactMap { result.problems[$0].space }
        let owners = OwnerSearch(
            pool, vdevs: vdevs, threadCount: options.threadCount, memory: options.memory,
            interruption: interruption
        ).owners(of: ranges)
        for (index, found) in zip(wanted, owners) {
            result.problems[index] = result.problems[index].owned(by: found)
        }
        result.problems.sort { $0.rank < $1.rank }
    }

    /// In a pool that is in use and has moved on, a block that can't be read may have been overwritten by right; and where
    /// newer blocks were read instead, space maps and block tree may be of different states.
    private func excuseChanges(_ result: inout SpaceCheckResult) {
        guard !pool.live.isMixed else { return withholdAll(&result) }
        let lost = result.problems.count { $0.kind.isLossOfBlock }
        guard lost > 0, let txg = pool.live.movedOn() else { return }
        result.problems.removeAll { $0.kind.isLossOfBlock }
        result.unchecked.append(
            Unchecked(
                "\(lost) places whose blocks changed while they were read",
                "the pool is in use, and has moved on to txg \(txg)"))
    }

    private func withholdAll(_ result: inout SpaceCheckResult) {
        let cause = "the pool is in use, and part of it was read as of a newer txg"
        if !result.problems.isEmpty {
            result.unchecked.append(
                Unchecked("\(result.problems.count) places where something does not fit", cause))
        }
        result.problems = []
        result.omittedCount = 0
        for index in result.metaslabs.indices where result.metaslabs[index].isAtOdds {
            result.metaslabs[index].leaked = 0
            result.metaslabs[index].unprotected = 0
            result.metaslabs[index].claimedTwice = 0
            result.metaslabs[index].obstacle = result.metaslabs[index].obstacle ?? cause
        }
    }

    /// Pieces whose owners are looked for; a report of more would be read by nobody.
    private static let mostSearched = 4096
}
