import Bytes
import TestSupport
import Testing
import Vdevs
import Verify

/// A vdev that was added just before a pool lost power: the next import cuts it into metaslabs.
@Suite struct AddedVdevTests {
    @Test func `a vdev that has no metaslabs yet is whole, and nothing can lie on it`() throws {
        let pool = try EditedPool("classes")
        try pool.editTop(1) { top in
            for name in [ConfigKey.metaslabArray, ConfigKey.metaslabShift] {
                let place = try #require(top.pairs.firstIndex { $0.name == name })
                top.pairs[place].value = .uint64(0)
            }
        }
        let result = try pool.check()
        #expect(result.unchecked.map { "\($0.what): \($0.why)" } == [])
        #expect(!result.problems.contains { $0.kind == .metaslabArray })
        let beyond = result.problems.filter { $0.kind == .pointerOutOfBounds }
        #expect(!beyond.isEmpty)
        #expect(Set(beyond.map(\.location.vdev)) == [1])
    }
}
