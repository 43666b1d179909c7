import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// The configuration, the vdev tree, objects of the MOS, features.
    static let configuration: [DamageCase] = config + metaObjects + features

    private static let leafZAP = "com.delphix:vdev_zap_leaf"

    private static func meta(_ kind: ProblemKind, _ object: UInt64?, key: String? = nil) -> Found {
        Found(kind) { ($0.objectSet, $0.object, $0.key) = (0, object, key) }
    }

    private static let config = [
        verify("a pool without its configuration", [.configAbsent]) { pool in
            try pool.rebuild(ObjectDirectory.objectNumber) { entries, _ in
                entries.removeAll { $0.key == .name(Array("config".utf8)) }
            }
            return [meta(.configAbsent, ObjectDirectory.objectNumber)]
        },
        verify("a configuration with a string that goes on after a NUL", [.nvlistEmbeddedNUL]) {
            pool in
            let object = try #require(try pool.open().directory.object(.config))
            try pool.editor.edit(.block(.meta, object: object)) { bytes in
                let place = try #require(bytes.firstRange(of: [UInt8]("basic".utf8))).lowerBound
                bytes[place + 2] = 0
            }
            return [meta(.nvlistEmbeddedNUL, object, key: "name")]
        },
        verify("a configuration without a vdev tree", [.configNoTree]) { pool in
            let object = try #require(try pool.open().directory.object(.config))
            try pool.editor.edit(.block(.meta, object: object)) { bytes in
                let place = try #require(bytes.firstRange(of: [UInt8]("vdev_tree".utf8)))
                bytes[place.lowerBound + 5] = 0x66
            }
            return [meta(.configNoTree, object)]
        },
        verify("labels with another name of the pool than its own", [.configLabel]) { pool in
            try LabelEditor.edit(pool.device("d0")) {
                LabelEditor.set(ConfigKey.poolName, .string(NVString("other")), in: &$0)
            }
            return [
                Found(.configLabel) {
                    $0 = Location(device: pool.device("d0"), label: 0, key: "name")
                }
            ]
        },
        verify("a side of a mirror with the number of another", [.configVdev], in: "mirror") {
            pool in
            let object = try #require(try pool.open().directory.object(.config))
            try pool.editor.edit(.block(.meta, object: object)) { bytes in
                let name: [UInt8] = [0, 0, 0, 2, 0x69, 0x64, 0, 0]
                let place = try #require(bytes.ranges(of: name).last).upperBound
                bytes[place + 15] = 7
            }
            return [
                Found(.configVdev) { location in
                    (location.objectSet, location.object, location.vdev) = (0, object, 0)
                    location.key = "vdev_tree.children[0].children[2].id"
                }
            ]
        },
        verify("a special vdev for a class that there is not", [.configBias], in: "classes") {
            pool in
            let open = try pool.open()
            let top = try #require(
                open.rootConfig.children.first {
                    open.zap(of: $0).allocationClass(of: $0) == .special
                })
            let zap = try #require(top.topZAP)
            try pool.editor.edit(.block(.meta, object: zap, index: 1)) { bytes in
                let place = try #require(bytes.firstRange(of: [UInt8]("special".utf8)))
                bytes[place.lowerBound + 3] = 0x7a
            }
            return [
                Found(.configBias) {
                    ($0.vdev, $0.objectSet, $0.object) = (top.id, 0, zap)
                }
            ]
        },
    ]

    private static let metaObjects = [
        verify(
            "a vdev without the object for facts of its own", [.configVdevZAP, .objectLeaked]
        ) { pool in
            let object = try pool.leafZAP()
            try pool.setConfigNumber(leafZAP, 0)
            return [meta(.configVdevZAP, object), meta(.objectLeaked, object)]
        },
        verify(
            "a vdev that names an object that is not there",
            [.configVdevZAP, .objectLeaked, .objectMissing]
        ) { pool in
            let object = try pool.leafZAP()
            try pool.setConfigNumber(leafZAP, 4999)
            return [
                meta(.configVdevZAP, object), meta(.configVdevZAP, 4999),
                meta(.objectLeaked, object), meta(.objectMissing, 4999),
            ]
        },
        verify(
            "a vdev that names the object of another",
            [.configVdevZAP, .objectLeaked, .objectTwice]
        ) { pool in
            let object = try pool.leafZAP()
            let top = try #require(try pool.open().rootConfig.children.first?.topZAP)
            try pool.setConfigNumber(leafZAP, top)
            return [
                meta(.configVdevZAP, object), meta(.configVdevZAP, top),
                meta(.objectLeaked, object), meta(.objectTwice, top),
            ]
        },
        verify("an object that nothing leads to", [.objectLeaked]) { pool in
            [meta(.objectLeaked, try pool.addObject(try EditedPool.emptyDeadlist()))]
        },
        verify(
            "a history of another type", [.objectWrongType],
            consequences: [.dnodeBonusType, .wrongPosition]
        ) { pool in
            let object = try #require(try pool.open().directory.object(.history))
            try pool.editor.editDnode(object) { $0[0] = 3 }
            return [meta(.objectWrongType, object, key: "history")]
        },
        verify(
            "a MOS with another number of objects", [.objectCount], consequences: [.fillMismatch]
        ) { pool in
            let txg = pool.editor.uberblock.txg
            try pool.editor.editPointer(to: .header(.meta)) { $0.words[11] += 1 }
            return [
                Found(.objectCount) {
                    $0 = Location(txg: txg)
                    $0.objectSet = 0
                }
            ]
        },
        verify("a configuration that can't be read", [.configUnreadable, .blockChecksum]) { pool in
            let object = try #require(try pool.open().directory.object(.config))
            try pool.spoil(.block(.meta, object: object))
            return [
                meta(.configUnreadable, object, key: "config"),
                try pool.block(0, object).found(.blockChecksum),
            ]
        },
    ]

    private static func feature(
        _ pool: EditedPool, _ kind: ProblemKind, _ key: ObjectDirectory.Key, _ name: String
    ) throws -> Found {
        meta(kind, try pool.open().directory.object(key), key: name)
    }

    private static let features = [
        verify("a feature in use that is not counted", [.featureCount]) { pool in
            let name = "com.delphix:embedded_data"
            let zap = try #require(try pool.open().directory.object(.featuresForRead))
            try pool.setEntry(name, of: zap, 0)
            return [try feature(pool, .featureCount, .featuresForRead, name)]
        },
        verify("a feature for reading that nobody knows", [.featureUnknown]) { pool in
            let zap = try #require(try pool.open().directory.object(.featuresForRead))
            try pool.setEntry("com.example:mystery", of: zap, 1)
            return [try feature(pool, .featureUnknown, .featuresForRead, "com.example:mystery")]
        },
        verify(
            "a feature under another name", [.featureUnknownForWriting, .featureDependency]
        ) { pool in
            let zap = try #require(try pool.open().directory.object(.featuresForWrite))
            try pool.editor.edit(.block(.meta, object: zap)) { bytes in
                let place = try #require(
                    bytes.firstRange(of: [UInt8]("com.delphix:spacemap_v2".utf8)))
                bytes[place.lowerBound] = 0x78
            }
            return [
                try feature(
                    pool, .featureUnknownForWriting, .featuresForWrite, "xom.delphix:spacemap_v2"),
                try feature(
                    pool, .featureDependency, .featuresForWrite, "com.delphix:log_spacemap"),
            ]
        },
        verify("a feature that was enabled in the future", [.featureEnabledTxg]) { pool in
            let zap = try #require(try pool.open().directory.object(.featureEnabledTxg))
            try pool.setEntry("com.delphix:hole_birth", of: zap, 1 << 40)
            return [
                try feature(pool, .featureEnabledTxg, .featuresForRead, "com.delphix:hole_birth")
            ]
        },
        verify("labels that leave a feature out", [.featureLabel]) { pool in
            let name = "com.delphix:embedded_data"
            try LabelEditor.edit(pool.device("d0")) { list in
                guard var features = list.list(ConfigKey.featuresForRead) else { return }
                features.pairs.removeAll { $0.name == name }
                LabelEditor.set(ConfigKey.featuresForRead, .list(features), in: &list)
            }
            return [Found(.featureLabel) { $0.key = name }]
        },
    ]
}

extension EditedPool {
    /// The object for facts of the pool's first device.
    func leafZAP() throws -> UInt64 {
        try #require(try open().rootConfig.leaves.first?.leafZAP)
    }
}
