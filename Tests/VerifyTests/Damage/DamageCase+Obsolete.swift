import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// What is noted as obsolete of the mapping of vdev 0, which was removed, and does not fit the blocks that lie there.
    static let obsolete = [
        verify("a piece of which less is counted as obsolete", [.obsoleteSpace], in: "removal") {
            pool in
            let (mapping, counts) = try pool.countsOfRemovedVdev()
            let place = try #require(counts.values.firstIndex { $0 > 512 })
            try pool.setCount(place, in: counts.object, counts.values[place] - 512)
            return [wrong(mapping)]
        },
        verify("a piece in use that is counted as obsolete", [.obsoleteSpace], in: "removal") {
            pool in
            let (mapping, counts) = try pool.countsOfRemovedVdev()
            let place = try pool.mappingOfFile().index
            try pool.setCount(place, in: counts.object, counts.values[place] + 512)
            return [wrong(mapping)]
        },
        verify("a block in use in the map of what is obsolete", [.obsoleteSpace], in: "removal") {
            pool in
            let (mapping, _) = try pool.countsOfRemovedVdev()
            let block = try pool.mappingOfFile().block.address
            let map = try pool.obsoleteMap(ofVdev: 0)
            try pool.append(
                [MapWord.alloc(block.offset, block.allocatedSize)], to: map,
                allocated: Int64(block.allocatedSize))
            return [wrong(mapping)]
        },
    ]

    private static func wrong(_ mapping: UInt64) -> Found {
        Found(.obsoleteSpace) { location in
            (location.objectSet, location.object, location.vdev) = (0, mapping, 0)
        }
    }
}

extension EditedPool {
    /// The mapping of vdev 0 and the counts of what of it is obsolete.
    fileprivate func countsOfRemovedVdev() throws -> (mapping: UInt64, Pool.ObsoleteCounts) {
        let pool = try open()
        let config = try #require(pool.rootConfig.children.first)
        return (
            try #require(config.indirectObject), try #require(try pool.obsoleteCounts(of: config))
        )
    }

    fileprivate func setCount(_ place: Int, in counts: UInt64, _ value: UInt32) throws {
        try editor.edit(.block(.meta, object: counts)) { bytes in
            try Field<UInt32>("count", at: place * 4).write(value, into: &bytes, .little)
        }
    }
}
