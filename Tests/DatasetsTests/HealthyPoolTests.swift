import Datasets
import TestSupport
import Testing
import Vdevs

/// Every reader of this target on every packed pool: none may find damage where there is none.
@Suite struct HealthyPoolTests {
    @Test(arguments: PoolFacts.all)
    func `nothing in a healthy pool is damaged`(_ item: PoolFacts) throws {
        let pool = item.pool
        let tree = try pool.datasets()
        for dataset in tree.root.datasets {
            _ = pool.holds(on: dataset)
            _ = pool.bookmarks(of: dataset)
            _ = try pool.deadlist(of: dataset)
            _ = try pool.clones(of: dataset)
        }
        for node in tree.root.nodes {
            _ = pool.delegations(on: node)
            _ = try pool.livelist(of: node)
        }
        _ = pool.spaceBooks()
        _ = pool.dedupTables().map { $0.histogram(pool.deflation) }
        _ = try pool.scan()
        _ = try pool.errorScrub()
        _ = try pool.removal()
        _ = try pool.condensing()
        _ = try pool.destroyedTrees()
        _ = pool.deletedLivelists()
        for key in [ObjectDirectory.Key.deferredFrees, .freeList, .obsoleteList] {
            _ = try pool.pointerList(key)
        }
        for vdev in pool.rootConfig.all {
            _ = pool.zap(of: vdev)
            _ = try pool.missedTxgs(of: vdev)
        }
        let damage = pool.notes.all.filter { $0.kind == .damage }
        #expect(damage.map { "\($0.place): \($0.cause)" } == [])
    }
}
