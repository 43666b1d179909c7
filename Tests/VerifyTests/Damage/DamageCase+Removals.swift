import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// The head of the mapping of vdev 0, which was removed, and what goes with it.
    static let removals = [
        verify("a mapping that does not add up", [.indirectMapping], in: "removal") { pool in
            let object = try pool.removedVdev().mapping
            try pool.editor.editBonus(of: object) { bonus in
                let mapped = IndirectMappingHeader.Layout.bytesMapped
                try mapped.write(
                    try mapped.read(bonus.rawBytes, .little) + 512, into: &bonus, .little)
            }
            return [removal(.indirectMapping, object)]
        },
        verify("a copy that was made in the future", [.indirectBirths], in: "removal") { pool in
            let object = try pool.removedVdev().births
            try pool.editor.edit(.block(.meta, object: object)) { bytes in
                try IndirectBirths.Layout.physicalBirth.write(1 << 40, into: &bytes, .little)
            }
            return [removal(.indirectBirths, object)]
        },
        verify("more obsolete bytes than a piece has", [.indirectCounts], in: "removal") { pool in
            let object = try pool.removedVdev().counts
            try pool.editor.edit(.block(.meta, object: object)) { bytes in
                try Field<UInt32>("count", at: 0).write(.max, into: &bytes, .little)
            }
            return [removal(.indirectCounts, object)]
        },
    ]

    private static func removal(_ kind: ProblemKind, _ object: UInt64) -> Found {
        Found(kind) { location in
            location.objectSet = 0
            location.object = object
            location.vdev = 0
        }
    }
}

extension EditedPool {
    /// The objects that belong to vdev 0 of the pool `removal`.
    fileprivate func removedVdev() throws -> (mapping: UInt64, births: UInt64, counts: UInt64) {
        let pool = try open()
        let config = try #require(pool.rootConfig.children.first)
        let mapping = try #require(config.indirectObject)
        let object = try pool.meta.object(mapping)
        let header = try IndirectMappingHeader(object.bonus.rawBytes, object.order)
        return (mapping, try #require(config.indirectBirths), try #require(header.countsObject))
    }
}
