import Bytes
import Datasets
import TestSupport
import Testing
import Vdevs

@Suite struct MissedTxgsTests {
    /// `d2` of the pool `sparein` failed and the spare `s1` took its place; the label of `d2` is still of txg 4, while all
    /// others are of txg 30.
    @Test func `a failed device missed what was written without it, and its spare did not`() throws
    {
        let archive = TestPool.named("sparein")
        let candidate = try #require(try archive.candidates().first)
        let pool = try Pool.open(candidate)
        let leaves = pool.rootConfig.leaves
        let failed = try #require(leaves.first { $0.path?.hasSuffix("/d2") == true }?.guid)
        let spare = try #require(leaves.first { $0.path?.hasSuffix("/s1") == true }?.guid)
        #expect(pool.vdevs.hasMissed(TransactionGroup(30), leaf: failed))
        #expect(!pool.vdevs.hasMissed(TransactionGroup(4), leaf: failed))
        for txg in UInt64(4)...30 {
            #expect(!pool.vdevs.hasMissed(TransactionGroup(txg), leaf: spare))
        }
        #expect(pool.notes.all.filter { $0.kind == .damage } == [])
    }
}
