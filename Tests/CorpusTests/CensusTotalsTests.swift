import Datasets
import Devices
import Files
import TestSupport
import Testing
import Vdevs
import Verify

/// The sums that the walk takes of trees, against what the kernel counted while it wrote them.
@Suite struct CensusTotalsTests {
    @Test("each dataset refers to what the kernel counted", arguments: CorpusPool.all)
    func totals(corpus: CorpusPool) throws {
        let pool = try corpus.open()
        let verifier = Verifier(
            PoolContents(pool),
            VerifyOptions(
                threadCount: 2, depth: .quick, selection: CheckSelection(only: ["spacemap.leak"])),
            meter: ProgressMeter(), interruption: Interruption())
        _ = try verifier.run()
        let census = verifier.census
        for dataset in try pool.datasets().root.datasets {
            let stored = dataset.stored
            guard !stored.rootPointer.isHole else { continue }
            let total = try #require(census.total(of: stored.rootPointer))
            #expect(total.charged == stored.referencedBytes, "\(dataset.name)")
            #expect(total.compressed == stored.compressedBytes, "\(dataset.name)")
            #expect(total.uncompressed == stored.uncompressedBytes, "\(dataset.name)")
            guard !dataset.isSnapshot else { continue }
            let born = try #require(census.bornSince(objectSet: dataset.object))
            #expect(born.charged == stored.uniqueBytes, "\(dataset.name)")
        }
        let meta = try #require(census.bornSince(objectSet: 0))
        #expect(census.total(of: pool.uberblock.rootPointer) == meta)
    }
}
