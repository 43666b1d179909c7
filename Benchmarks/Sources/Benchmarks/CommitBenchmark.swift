import Datasets
import Devices
import Repair
import Vdevs
import Verify

/// Times the repair that writes most: all space maps of a pool anew, worked out and committed.
///
/// It WRITES to the pool, which must be a copy made for it. What it leaves is a sound pool, one group further.
struct CommitBenchmark {
    private let path: String

    /// `arguments` are the folder or file of the pool.
    init?(_ arguments: [String]) {
        guard arguments.count == 1 else { return nil }
        path = arguments[0]
    }

    func run() throws {
        let pool = try Pool.open(try PoolSelector().select(path))
        var options = SpaceCheckOptions(
            threadCount: WorkerPool.processors.threadCount, depth: .metadata)
        options.keepsSurvey = true
        let start = Stopwatch.now()
        let result = try SpaceCheck(
            pool, options, meter: ProgressMeter(), interruption: Interruption()
        ).run()
        guard let survey = result.survey else {
            print("the space of \(path) could not be compared")
            return
        }
        let surveyed = Stopwatch.now()
        var transaction = try Transaction(pool, survey)
        transaction.rebuiltMetaslabs = Set(survey.metaslabs.indices)
        let commit = try transaction.prepare(time: pool.uberblock.timestamp)
        let prepared = Stopwatch.now()
        try CommitSequence.run(commit, on: try PoolTargets.open(pool))
        let written = Stopwatch.now()
        print(
            "\(survey.metaslabs.count) metaslabs: survey \(Self.seconds(surveyed - start)) s, "
                + "prepare \(Self.seconds(prepared - surveyed)) s, "
                + "commit \(Self.seconds(written - prepared)) s, \(commit.blockCount) blocks of "
                + "\(commit.storedBytes >> 10) KiB")
    }

    private static func seconds(_ nanoseconds: UInt64) -> Double {
        Double(nanoseconds / 1_000_000) / 1000
    }
}
