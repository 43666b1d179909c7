import Bytes
import Datasets
import Devices
import TestSupport
import Testing
import Verify

/// The allocation taken anew from the block tree, against the pool's own maps and zdb -bcc's totals.
@Suite struct SpaceCheckCorpusTests {
    private func check(
        _ corpus: CorpusPool, _ options: SpaceCheckOptions = SpaceCheckOptions(threadCount: 2)
    ) throws -> SpaceCheckResult {
        try SpaceCheck(
            try corpus.open(), options, meter: ProgressMeter(), interruption: Interruption()
        ).run()
    }

    @Test("a healthy pool yields no finding", arguments: CorpusPool.all)
    func healthy(corpus: CorpusPool) throws {
        let result = try check(corpus)
        #expect(result.problems.isEmpty)
        #expect(result.unchecked.isEmpty)
        for metaslab in result.metaslabs {
            #expect(metaslab.allocatedByMap == metaslab.allocatedByCensus)
        }
        let books = try corpus.open().spaceBooks()
        #expect(result.metaslabs.count == books.vdevs.reduce(0) { $0 + $1.metaslabs.count })
    }

    @Test("totals are zdb -bcc's", arguments: CorpusPool.all(with: "blocks"))
    func totals(corpus: CorpusPool) throws {
        let totals = try check(corpus).totals
        let facts = corpus.facts["blocks"]
        #expect(totals.allocatedBytes == facts["allocated"].unsigned)
        #expect(totals.blockCount + totals.embeddedCount == facts["count"].unsigned)
        #expect(totals.physicalBytes == facts["physical"].unsigned)
    }

    @Test("each metaslab's total is zdb -m's", arguments: CorpusPool.all(with: "space"))
    func metaslabs(corpus: CorpusPool) throws {
        // What logs add has no place in zdb -m's figures of a metaslab.
        guard corpus.facts["space"]["logs"].elements.isEmpty else { return }
        let result = try check(corpus)
        for fact in corpus.facts["space"]["vdevs"].elements {
            let own = result.metaslabs.filter { UInt64($0.vdev) == fact["vdev"].unsigned }
            for (metaslab, theirs) in zip(own, fact["metaslabs"].elements) {
                #expect(metaslab.allocatedByCensus == theirs["smp_alloc"].unsigned ?? 0)
            }
        }
    }

    @Test(
        "reading everything and spilling to a file changes nothing",
        arguments: CorpusPool.all.filter { ["rz1", "basic", "brt", "gang"].contains($0.name) })
    func depths(corpus: CorpusPool) throws {
        let plain = try check(corpus)
        let thorough = try check(
            corpus,
            SpaceCheckOptions(
                threadCount: 1, memory: 2, depth: .all, scratchFolder: Project.cache))
        #expect(thorough.problems.isEmpty)
        #expect(thorough.totals.allocatedBytes == plain.totals.allocatedBytes)
        #expect(thorough.totals.readBytes > 0)
        #expect(
            thorough.metaslabs.map(\.allocatedByCensus) == plain.metaslabs.map(\.allocatedByCensus))
    }
}
