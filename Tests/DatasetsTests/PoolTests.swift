import Datasets
import TestSupport
import Testing
import Vdevs

@Suite struct PoolTests {
    @Test(arguments: TestPool.all)
    func `every pool opens at its newest txg and lists its datasets`(_ archive: TestPool) throws {
        for candidate in try archive.candidates() {
            let pool = try Pool.open(candidate)
            #expect(pool.name == candidate.name)
            #expect(pool.guid == candidate.guid)
            #expect(pool.txg == pool.uberblocks.first?.txg)
            #expect(try pool.datasets().datasets.first?.name == pool.name)
        }
    }
}
