import Bytes
import Datasets
import TestSupport
import Testing
import Vdevs
import Verify

/// The damage maker itself: what it touches must be sealed again up to the uberblock.
@Suite struct PoolEditorTests {
    @Test(
        "sealing a pool without a change changes nothing that zdb or the check sees",
        arguments: ["basic", "snaps", "gang", "checkpoint", "mirror"])
    func sealed(name: String) throws {
        let pool = try EditedPool(name)
        let (vdev, maps) = try #require(
            try pool.open().spaceBooks().vdevs.first.map { ($0.config, $0.metaslabs) })
        let array = try #require(vdev.metaslabArray)
        let before = pool.editor.uberblock.rootPointer
        try pool.editor.edit(.header(.meta)) { _ in }
        try pool.editor.edit(.block(.meta, object: 0)) { _ in }
        try pool.editor.edit(.block(.meta, object: array)) { _ in }
        for map in maps where map.spaceMap != 0 {
            try pool.editor.edit(.block(.meta, object: map.spaceMap)) { _ in }
        }
        #expect(pool.editor.uberblock.rootPointer.dva(0) == before.dva(0))
        let result = try pool.check()
        #expect(result.problems.isEmpty)
        #expect(result.unchecked.isEmpty)
        guard let zdb = try Zdb.walk(try pool.open().name, in: pool.path) else { return }
        #expect(zdb.status == 0, "\(zdb.errorText)")
        #expect(zdb.text.contains("No leaks"))
    }
}
