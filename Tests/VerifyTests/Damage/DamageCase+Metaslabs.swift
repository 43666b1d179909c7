import Bytes
import Datasets
import Objects
import TestSupport
import Vdevs
import Verify

extension DamageCase {
    /// What leads to the space maps, and the groups since which changes are unflushed.
    static let metaslabs = [
        DamageCase(
            "a metaslab array that names itself", [.metaslabWrongObject],
            unchecked: ["metaslab 1 of vdev 0"]
        ) { pool in
            let metaslab = try pool.metaslab(1)
            let array = try pool.metaslabArray()
            try pool.setWord(1, of: array, array)
            return [Found(.metaslabWrongObject, metaslab, object: array)]
        },
        DamageCase(
            "a metaslab array that names no object", [.metaslabWrongObject],
            unchecked: ["metaslab 1 of vdev 0"]
        ) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.setWord(1, of: try pool.metaslabArray(), 1 << 40)
            return [Found(.metaslabWrongObject, metaslab, object: 1 << 40)]
        },
        DamageCase(
            "two metaslabs that share a map", [.metaslabSharedMap],
            unchecked: ["metaslab 0 of vdev 0", "metaslab 1 of vdev 0"]
        ) { pool in
            let (first, second) = (try pool.metaslab(0), try pool.metaslab(1))
            try pool.setWord(1, of: try pool.metaslabArray(), first.map)
            return [Found(.metaslabSharedMap, second, object: first.map)]
        },
        DamageCase(
            "a metaslab that names a log space map", [.metaslabSharedMap],
            unchecked: ["metaslab 1 of vdev 0"]
        ) { pool in
            let metaslab = try pool.metaslab(1)
            let log = try pool.log().object
            try pool.setWord(1, of: try pool.metaslabArray(), log)
            return [Found(.metaslabSharedMap, metaslab, object: log)]
        },
        DamageCase(
            "a configuration that names no metaslab array", [.metaslabArray],
            unchecked: ["the space of vdev 0"]
        ) { pool in
            try pool.setConfigNumber("metaslab_array", 9999)
            return [Found(.metaslabArray) { $0.vdev = 0 }]
        },
        DamageCase(
            "metaslabs of 2^63 bytes", [.metaslabArray], unchecked: ["the space of vdev 0"]
        ) { pool in
            try pool.setConfigNumber("metaslab_shift", 63)
            return [Found(.metaslabArray) { $0.vdev = 0 }]
        },
        DamageCase("a metaslab array that goes on behind the last one", [.metaslabPastLast]) {
            pool in
            let (vdev, count) = (try pool.metaslab(0).vdev, try pool.metaslabCount())
            let (array, groups) = (try pool.metaslabArray(), try pool.unflushedArray())
            try pool.setWord(count, of: array, try pool.metaslab(1).map)
            try pool.setWord(count + 3, of: groups, 4)
            return [(array, count), (groups, count + 3)].map { object, index in
                Found(.metaslabPastLast) {
                    ($0.vdev, $0.metaslab, $0.object) = (vdev, UInt64(index), object)
                }
            }
        },
        DamageCase("a metaslab with changes in a log that is gone", [.logMissing]) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.setWord(1, of: try pool.unflushedArray(), 80)
            return [Found(.logMissing, metaslab)]
        },
        DamageCase(
            "a metaslab with changes of a group to come", [.unflushedTxg],
            unchecked: ["metaslab 1 of vdev 0"]
        ) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.setWord(1, of: try pool.unflushedArray(), 200)
            return [Found(.unflushedTxg, metaslab)]
        },
    ]
}
