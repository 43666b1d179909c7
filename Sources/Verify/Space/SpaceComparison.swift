import Datasets
import Devices
import Synchronization

/// Compares all metaslabs with the claims on them, several at a time.
final class SpaceComparison: Sendable {
    /// What the comparison brought.
    struct Outcome: Sendable {
        var metaslabs: [MetaslabOutcome] = []
        var problems = ProblemList()
        /// Apart, since they only count where the walk saw everything.
        var leaks = ProblemList()
        var unchecked: [Unchecked] = []
        /// All metaslabs with their bitmaps, where they are asked for.
        var surveyed: [SurveyedMetaslab] = []
    }

    private let pool: Pool
    private let books: SpaceBookCheck
    private let claims: SpaceClaims
    private let threadCount: Int
    private let meter: ProgressMeter
    private let interruption: Interruption
    private let keepsSurvey: Bool
    private let result = Mutex(Outcome())
    private let next = Atomic<Int>(0)

    init(
        pool: Pool, books: SpaceBookCheck, claims: SpaceClaims, threadCount: Int,
        meter: ProgressMeter, interruption: Interruption, keepsSurvey: Bool
    ) {
        self.keepsSurvey = keepsSurvey
        self.pool = pool
        self.books = books
        self.claims = claims
        self.threadCount = threadCount
        self.meter = meter
        self.interruption = interruption
    }

    /// All metaslabs in order, with what differs.
    var outcome: Outcome {
        var outcome = result.withLock { $0 }
        outcome.metaslabs.sort { ($0.vdev, $0.metaslab) < ($1.vdev, $1.metaslab) }
        outcome.surveyed.sort { $0.shard < $1.shard }
        return outcome
    }

    func run() {
        meter.begin("comparing metaslabs", total: UInt64(truncatingIfNeeded: books.books.count))
        WorkerPool(threadCount: threadCount).forEach(below: threadCount) { [self] _ in work() }
    }

    private func work() {
        var check = MetaslabCheck(pool: pool, claims: claims, changes: books.changes)
        var own = Outcome()
        while true {
            let shard = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard shard < books.books.count, !interruption.isRequested else { break }
            compare(shard, &check, &own)
            meter.add(1)
        }
        own.problems.add(check.problems)
        result.withLock { result in
            result.metaslabs += own.metaslabs
            result.problems.add(own.problems)
            result.leaks.add(own.leaks)
            result.unchecked += own.unchecked
            result.surveyed += own.surveyed
        }
    }

    private func compare(_ shard: Int, _ check: inout MetaslabCheck, _ own: inout Outcome) {
        let book = books.books[shard]
        var outcome = MetaslabOutcome(
            vdev: book.geometry.vdev, metaslab: book.index, bounds: book.bounds,
            mapObject: book.mapObject, fragmentation: book.fragmentation, obstacle: book.obstacle)
        let before = check.problems.count
        let allocated = book.obstacle == nil ? check.replay(book, shard: shard) : nil
        let replays = allocated != nil && check.problems.count == before
        if allocated == nil, outcome.obstacle == nil {
            outcome.obstacle = "its space map can't be read in full"
        }
        do {
            let (difference, claimed) = try check.compare(
                allocated, book, shard: shard, &outcome)
            if keepsSurvey {
                own.surveyed.append(
                    SurveyedMetaslab(
                        book, shard: shard, allocated: allocated, claimed: claimed.runs,
                        isSound: replays && difference?.isEmpty ?? false))
            }
            for run in difference?.leaked ?? [] {
                own.leaks.add(Problem(.spacemapLeak, at: book.location(of: run)))
            }
        } catch {
            outcome.obstacle = "its claims can't be read back: \(error)"
        }
        if let obstacle = outcome.obstacle {
            own.unchecked.append(
                Unchecked("metaslab \(book.index) of vdev \(book.geometry.vdev)", obstacle))
        }
        own.metaslabs.append(outcome)
    }
}
