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
        verify("births whose head is too long", [.indirectBirths], in: "removal") { pool in
            let object = try pool.removedVdev().births
            try pool.editor.editDnode(object) { bytes in
                try Dnode.Layout.bonusLength.write(9, into: &bytes, .little)
            }
            return [removal(.indirectBirths, object)]
        },
        verify("a mapping whose head is too long", [.indirectMapping], in: "removal") { pool in
            let object = try pool.removedVdev().mapping
            try pool.editor.editDnode(object) { bytes in
                try Dnode.Layout.bonusLength.write(33, into: &bytes, .little)
            }
            return [removal(.indirectMapping, object)]
        },
        verify("more obsolete bytes than a piece has", [.indirectCounts], in: "removal") { pool in
            let object = try pool.removedVdev().counts
            try pool.editor.edit(.block(.meta, object: object)) { bytes in
                try Field<UInt32>("count", at: 0).write(.max, into: &bytes, .little)
            }
            return [removal(.indirectCounts, object)]
        },
        verify(
            "a piece that leads to no vdev", [.mappingDestination], in: "removal",
            consequences: [.obsoleteSpace, .indirectBirths]
        ) { pool in
            let object = try pool.removedVdev().mapping
            let entry = IndirectMapping.Entry(
                source: 240 << 20,
                destination: DVA(vdev: 9, offset: 0, allocatedSize: 512))
            try pool.append(entry, to: object)
            return [
                Found(.mappingDestination) { location in
                    (location.objectSet, location.object, location.vdev) = (0, object, 0)
                    (location.offset, location.size) = (entry.source, entry.byteCount)
                }
            ]
        },
        verify("a removal in a state that does not exist", [.removalState], in: "removal") {
            pool in
            try pool.setWord(0, ofEntryNamed: removing, in: ObjectDirectory.objectNumber, 9)
            return [state(.removalState, removing)]
        },
        verify("removals that nothing leads to", [.removalChain], in: "removal") { pool in
            try pool.setWord(2, ofEntryNamed: removing, in: ObjectDirectory.objectNumber, .max)
            return [
                state(.removalChain, removing, vdev: 0), state(.removalChain, removing, vdev: 1),
            ]
        },
        verify("removals that lead to a vdev that is there", [.removalChain], in: "removal") {
            pool in
            try pool.setWord(2, ofEntryNamed: removing, in: ObjectDirectory.objectNumber, 2)
            return [
                state(.removalChain, removing), state(.removalChain, removing, vdev: 0),
                state(.removalChain, removing, vdev: 1),
            ]
        },
        verify(
            "a mapping to be condensed into nothing", [.condensingState], in: "removal",
            consequences: [.objectMissing]
        ) { pool in
            let key = ObjectDirectory.Key.condensing.rawValue
            try pool.setEntry(
                key, ofFat: ObjectDirectory.objectNumber, words: [0, 9998, 9999])
            try pool.addToFeature("com.delphix:obsolete_counts", 2)
            return [state(.condensingState, key, vdev: 0)]
        },
    ]

    private static let removing = ObjectDirectory.Key.removing.rawValue

    private static func state(_ kind: ProblemKind, _ key: String, vdev: UInt64? = nil) -> Found {
        Found(kind) {
            ($0.objectSet, $0.object) = (0, ObjectDirectory.objectNumber)
            ($0.key, $0.vdev) = (key, vdev)
        }
    }

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

    /// Adds a piece to a mapping, which counts it.
    fileprivate func append(_ entry: IndirectMapping.Entry, to mapping: UInt64) throws {
        let own = try editor.object(mapping)
        let header = try IndirectMappingHeader(own.bonus.rawBytes, own.order)
        let start = Int(header.entryCount) * IndirectMapping.entryByteCount
        try editor.edit(.block(.meta, object: mapping)) { bytes in
            let encoded = try entry.encoded(.little)
            bytes.replaceSubrange(start..<start + encoded.count, with: encoded)
        }
        typealias Layout = IndirectMappingHeader.Layout
        try add(1, to: Layout.entryCount, of: mapping)
        try add(entry.byteCount, to: Layout.bytesMapped, of: mapping)
        try set(Layout.maximumOffset, of: mapping, entry.source + entry.byteCount)
    }
}
