import Bytes
import Datasets
import Devices
import Foundation
import TestSupport
import Testing
import Verify

/// A copy of a healthy pool that a test damages with right checksums.
final class EditedPool {
    var editor: PoolEditor
    /// The folder with the pool's files.
    let path: String
    private let folder: ScratchFolder

    init(_ name: String, journal: EditJournal? = nil) throws {
        folder = try ScratchFolder()
        path = "\(folder.path)/\(name)"
        try Command.run(
            "cp", "-r", "--sparse=always", "--reflink=auto", try TestPool.named(name).unpack(),
            path)
        let candidate = try Self.find(path)
        let pool = try Pool.open(candidate)
        editor = PoolEditor(
            reader: pool.reader, uberblock: pool.uberblock,
            files: candidate.devices.mapValues(\.name), journal: journal)
    }

    /// The pool as it is after the edits so far.
    func open() throws -> Pool { try Pool.open(try Self.find(path)) }

    /// Checks it; no damage may take long.
    func check(
        _ options: SpaceCheckOptions = SpaceCheckOptions(threadCount: 2)
    ) throws -> SpaceCheckResult {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try SpaceCheck(
            try open(), options, meter: ProgressMeter(), interruption: Interruption()
        ).run()
        #expect(clock.now - start < .seconds(20))
        return result
    }

    static func find(_ path: String) throws -> PoolCandidate {
        try #require(PoolFinder().find(in: [path]).pools.first)
    }
}
