import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// What the removal of vdev 1, which is under way, has written of its work.
    static let runningRemovals = [
        verify("a mapping of a removal that does not add up", [.indirectMapping], in: pool) {
            pool in
            let object = try pool.vdevBeingRemoved().mapping
            try pool.editor.editBonus(of: object) { bonus in
                let mapped = IndirectMappingHeader.Layout.bytesMapped
                try mapped.write(
                    try mapped.read(bonus.rawBytes, .little) + 512, into: &bonus, .little)
            }
            return [found(.indirectMapping, object)]
        },
        verify(
            "a mapping of a removal that can't be read", [.blockChecksum], in: pool,
            unchecked: [
                "the copies of the vdev that is being removed", "seems leaked",
                "the mapping of removed vdev 1",
            ]
        ) { pool in
            let object = try pool.vdevBeingRemoved().mapping
            let block = try pool.block(0, object)
            try pool.spoil(.block(.meta, object: object))
            return [block.found(.blockChecksum)]
        },
        verify("a removal that copied in the future", [.indirectBirths], in: pool) { pool in
            let object = try pool.vdevBeingRemoved().births
            try pool.editor.edit(.block(.meta, object: object)) { bytes in
                try IndirectBirths.Layout.physicalBirth.write(1 << 40, into: &bytes, .little)
            }
            return [found(.indirectBirths, object)]
        },
        verify(
            "a removal of a vdev that there is not", [.removalState], in: pool,
            consequences: [.spacemapLeak]
        ) { pool in
            let key = ObjectDirectory.Key.removing.rawValue
            try pool.setWord(1, ofEntryNamed: key, in: ObjectDirectory.objectNumber, 7)
            return [
                Found(.removalState) {
                    ($0.objectSet, $0.object) = (0, ObjectDirectory.objectNumber)
                    ($0.key, $0.vdev) = (key, 7)
                }
            ]
        },
    ]

    private static let pool = "removing"

    private static func found(_ kind: ProblemKind, _ object: UInt64) -> Found {
        Found(kind) { ($0.objectSet, $0.object, $0.vdev) = (0, object, 1) }
    }
}

extension EditedPool {
    /// The objects that belong to vdev 1 of the pool `removing`.
    fileprivate func vdevBeingRemoved() throws -> (mapping: UInt64, births: UInt64) {
        let config = try #require(try open().rootConfig.children.last)
        return (try #require(config.indirectObject), try #require(config.indirectBirths))
    }
}
