import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Maps that belong to no metaslab, and lists of blocks that wait to be freed.
    static let sideMaps = [
        DamageCase(
            "a checkpoint's map that allocates", [.checkpointMap], in: "checkpoint"
        ) { pool in
            let map = try pool.checkpointMap()
            let last = try pool.metaslab(4).last(1).lowerBound / 512
            try pool.append([MapWord.alloc(last, 1)], to: map, allocated: 512)
            return [side(.checkpointMap, map)]
        },
        DamageCase(
            "a checkpoint's map that reaches past its vdev",
            [.checkpointMap, .spacemapUnprotected], in: "checkpoint"
        ) { pool in
            let map = try pool.checkpointMap()
            let metaslab = try pool.metaslab(4)
            let end = metaslab.bytes.upperBound / 512
            try pool.append([MapWord.free(end - 1, 2)], to: map, allocated: -1024)
            return [
                side(.checkpointMap, map),
                // What lies on the vdev is kept for the checkpoint, but no map has it in use.
                Found(.spacemapUnprotected, metaslab, metaslab.last(1)),
            ]
        },
        DamageCase(
            "a checkpoint's map that can't be read", [.checkpointMap], in: "checkpoint",
            unchecked: ["what the checkpoint keeps on vdev 0", "seems leaked"]
        ) { pool in
            let map = try pool.checkpointMap()
            try pool.spoil(.block(.meta, object: map))
            return [side(.checkpointMap, map)]
        },
        DamageCase("a map of obsolete space that frees", [.obsoleteMap], in: "removal") { pool in
            let map = try pool.obsoleteMap(ofVdev: 0)
            try pool.append([MapWord.free(0, 1)], to: map, allocated: -1)
            return [side(.obsoleteMap, map)]
        },
        DamageCase(
            "a map of obsolete space that reaches past the mapping", [.obsoleteMap], in: "removal"
        ) { pool in
            let map = try pool.obsoleteMap(ofVdev: 0)
            try pool.append(MapWord.wide(1 << 40, 1, vdev: 0), to: map, allocated: 1)
            return [side(.obsoleteMap, map)]
        },
        DamageCase(
            "a checkpoint's map with a wrong total", [.checkpointMap], in: "checkpoint"
        ) { pool in
            let map = try pool.checkpointMap()
            try pool.setHeader(of: map, allocated: try pool.header(of: map).allocated - 512)
            return [side(.checkpointMap, map)]
        },
        DamageCase(
            "a map of obsolete space with a wrong total", [.obsoleteMap], in: "removal"
        ) { pool in
            let map = try pool.obsoleteMap(ofVdev: 0)
            try pool.setHeader(of: map, allocated: try pool.header(of: map).allocated + 512)
            return [side(.obsoleteMap, map)]
        },
        DamageCase(
            "missed groups that are yet to come", [.dirtyTimeLog], in: "replacing"
        ) { pool in
            let map = try pool.missedGroups()
            try pool.append([MapWord.alloc(1 << 40, 1)], to: map, allocated: 1)
            return [side(.dirtyTimeLog, map)]
        },
        DamageCase(
            "a list of frees whose bonus is cut off", [.listUnreadable],
            unchecked: ["blocks that wait to be freed"]
        ) { pool in
            let list = try #require(try pool.open().directory.object(.freeList))
            try pool.editor.editDnode(list) { $0[10...11] = [8, 0] }
            return [Found(.listUnreadable) { ($0.objectSet, $0.object) = (0, list) }]
        },
    ]

    private static func side(_ kind: ProblemKind, _ map: UInt64) -> Found {
        Found(kind) { ($0.vdev, $0.object) = (0, map) }
    }
}
