import Devices
import Files
import TestSupport
import Testing
import Verify

/// Every invariant, copy and parity column, over every healthy pool: whatever is found there is a false alarm.
@Suite struct VerifyCorpusTests {
    /// Pools that were damaged on purpose when they were made, with what is wrong there.
    private static let damaged: [String: Set<String>] = [
        // File data was overwritten, so that the kernel's error log has entries.
        "errlog": ["block.checksum"],
        // One side of the mirror is a file that was cut off, and holds zeros where the other has the blocks of txg 4.
        "zfs-broken-mirror": ["vdev.truncated", "label.missing", "redundancy.copy-damaged"],
    ]

    @Test("a healthy pool yields no finding", arguments: CorpusPool.all)
    func healthy(corpus: CorpusPool) throws {
        try check(corpus, VerifyOptions(threadCount: 2, depth: .deep))
    }

    @Test("what there is no memory for is no finding either", arguments: CorpusPool.all)
    func withoutMemory(corpus: CorpusPool) throws {
        var options = VerifyOptions(threadCount: 2, memory: 256)
        try check(corpus, options)
        options.leastMemory = 0
        try check(corpus, options)
    }

    private func check(_ corpus: CorpusPool, _ options: VerifyOptions) throws {
        let result = try Verifier(
            PoolContents(try corpus.open()), options, meter: ProgressMeter(),
            interruption: Interruption()
        ).run()
        let known = Self.damaged[corpus.name] ?? []
        let alarms = result.problems.filter {
            $0.kind.severity.isDamage && !known.contains($0.kind.code)
        }
        #expect(alarms.map { "\($0.kind.code) \($0.location) \($0.evidence)" } == [])
    }
}
