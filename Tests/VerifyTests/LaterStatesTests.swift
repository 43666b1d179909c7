import Bytes
import Datasets
import TestSupport
import Testing
import Vdevs

@testable import Verify

@Suite struct LaterStatesTests {
    /// Whatever has a block in the same place as a snapshot in whose file system it was born came after that, but for the
    /// snapshots before.
    @Test("who shares a block with a snapshot is found", arguments: ["snaps", "brt", "errlog"])
    func sharers(name: String) throws {
        let pool = try EditedPool(name).open()
        let tree = try pool.datasets()
        let nodes = tree.nodes
        var later = LaterStates(pool)
        var blocks: [LaterStates.Block] = []
        var expected: [[String]] = []
        for (own, snapshot) in nodes.flatMap({ node in node.snapshots.map { (node, $0) } }) {
            let age = try #require(own.snapshots.firstIndex { $0.object == snapshot.object })
            let former = Set(own.snapshots[...age].map(\.object))
            let origin = tree.dataset(object: own.directory.origin)?.stored.creationTxg
            for object: UInt64 in 1..<150 {
                let place = BlockPlace(
                    objectSet: snapshot.object, object: object, level: 0, index: 0)
                guard let pointer = later.pointer(at: place), !pointer.isHole,
                    pointer.birth > origin ?? .init(0)
                else { continue }
                blocks.append(LaterStates.Block(pointer, at: place))
                var names: [String] = []
                for node in nodes {
                    for state in node.snapshots + (node.head.map { [$0] } ?? [])
                    where !former.contains(state.object)
                        && later.pointer(at: place.inside(state.object)) == pointer
                    {
                        names.append(state.name)
                    }
                }
                expected.append(names)
            }
        }
        var found = [[String]](repeating: [], count: blocks.count)
        later.forEachState(sharing: blocks) { found[$0].append($1.name) }
        #expect(found == expected)
        #expect(found.contains { !$0.isEmpty })
    }
}
