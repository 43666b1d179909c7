import Bytes
import Objects

/// The features of a pool of version 5000: what is enabled, what is in use, what this version does not know.
///
/// They stand in ZAPs of the MOS; the labels repeat the few without which the MOS can't be read. Mirrors
/// `spa_features_check` (`module/zfs/zfeature.c`).
package struct Features: Sendable {
    /// In the order in which zpool(8) lists them; unknown ones follow, sorted by name.
    package let list: [Feature]
    private let byName: [String: Feature]

    package init(_ features: [Feature]) {
        let order = Dictionary(
            KnownFeature.all.enumerated().map { ($1.guid, $0) }, uniquingKeysWith: { a, _ in a })
        list = features.sorted {
            (order[$0.guid] ?? .max, $0.guid) < (order[$1.guid] ?? .max, $1.guid)
        }
        byName = Dictionary(list.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads the ZAPs that the object directory names; a pool before version 5000 has none.
    package init(_ meta: MetaObjects, _ directory: ObjectDirectory) {
        var features: [Feature] = []
        let txgs = Self.values(meta, directory, .featureEnabledTxg).mapValues(\.uint64)
        let descriptions = Self.values(meta, directory, .featureDescriptions).mapValues(\.string)
        for (key, isForReading) in [
            (ObjectDirectory.Key.featuresForRead, true), (.featuresForWrite, false),
        ] {
            for (guid, value) in Self.values(meta, directory, key) {
                features.append(
                    Feature(
                        guid: guid, references: value.uint64 ?? 0, isNeededForReading: isForReading,
                        enabledTxg: (txgs[guid] ?? nil).map { TransactionGroup($0) },
                        description: descriptions[guid] ?? nil))
            }
        }
        self.init(features)
    }

    package subscript(_ name: String) -> Feature? { byName[name] }
    package func isActive(_ name: String) -> Bool { byName[name]?.isActive ?? false }
    package func isEnabled(_ name: String) -> Bool { byName[name] != nil }

    /// Features in use that a reader must know and this version does not.
    package var unknownForReading: [Feature] {
        list.filter { $0.isActive && $0.isNeededForReading && $0.known == nil }
    }
    /// Features in use that only a writer must know and this version does not.
    package var unknownForWriting: [Feature] {
        list.filter { $0.isActive && !$0.isNeededForReading && $0.known == nil }
    }

    private static func values(
        _ meta: MetaObjects, _ directory: ObjectDirectory, _ key: ObjectDirectory.Key
    ) -> [String: ZAPValue] {
        directory.object(key).map { meta.values(of: $0, key.rawValue) } ?? [:]
    }
}
