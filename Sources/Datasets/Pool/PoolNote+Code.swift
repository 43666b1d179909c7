package import Objects

extension PoolNote {
    /// What kind of thing a note tells, as `family.kind`: permanent, for scripts to rely on.
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        package let rawValue: String

        private init(_ rawValue: String) { self.rawValue = rawValue }

        package var description: String { rawValue }

        /// What an error says that kept a whole part of the pool from being read.
        package init(_ error: PoolError) {
            self =
                switch error {
                case .device: .deviceUnreadable
                case .vdev: .addressUnreadable
                case .object: .objectUnreadable
                case .format: .structure
                case .noUberblock: .uberblockUnreadable
                case .damagedKey, .wrongKey, .badKey: .keyDamaged
                case .notAPool, .version, .noSuchDataset, .absent, .ownFile, .cancelled: .damaged
                }
        }

        /// What is wrong inside a ZAP: `zap.entry-bad`.
        package static func zap(_ kind: ZAPProblem.Kind) -> Code { Code("zap.\(kind.rawValue)") }

        /// What is wrong inside a space map: `spacemap.hole`.
        package static func spaceMap(_ kind: SpaceMapProblem.Kind) -> Code {
            switch kind {
            case .unreadable: .spaceMapUnreadable
            case .hole: .spaceMapHole
            case .length: .spaceMapLength
            case .torn: .spaceMapBadEntry
            }
        }
    }
}

extension PoolNote.Code {
    /// Anything that has no code of its own.
    package static let damaged = Self("object.damaged")
    package static let moreProblems = Self("object.more-problems")
    package static let objectUnreadable = Self("object.unreadable")
    /// Objects whose dnodes can't be read.
    package static let dnodeUnreadable = Self("dnode.unreadable")
    package static let dnodeField = Self("dnode.bad-field")
    package static let structure = Self("object.bad-structure")
    package static let objectSetUnreadable = Self("dsl.objset-unreadable")
    package static let zapUnreadable = Self("zap.unreadable")
    package static let listDamaged = Self("nvlist.damaged")

    package static let foreignLabel = Self("label.foreign")
    /// It is valid, but leads to no readable pool.
    package static let uberblockUnreadable = Self("uberblock.unreadable")
    package static let uberblockGone = Self("uberblock.gone")
    package static let uberblockOlder = Self("uberblock.older-used")
    /// Blocks of the state that is read were overwritten, and found again in a newer one.
    package static let rereadNewer = Self("uberblock.newer-used")
    /// Nobody can tell whether it was damaged or overwritten by whoever uses the pool.
    package static let changed = Self("uberblock.moved-on")

    package static let configAbsent = Self("config.absent")
    package static let configUnreadable = Self("config.unreadable")
    package static let configNoTree = Self("config.no-vdev-tree")
    package static let configSpares = Self("config.spares-unreadable")
    package static let checksumSalt = Self("config.checksum-salt")
    package static let featureUnknown = Self("feature.unknown")
    package static let featureUnknownForWriting = Self("feature.unknown-for-writing")
    package static let deviceMissing = Self("vdev.device-missing")
    package static let devicesInsufficient = Self("vdev.devices-insufficient")

    package static let missedTxgs = Self("vdev.dtl-unreadable")

    package static let mappingUnreadable = Self("indirect.mapping-unreadable")
    package static let removalChain = Self("indirect.broken-chain")
    package static let removalState = Self("indirect.removal-state")

    package static let datasetUnreadable = Self("dsl.dataset-unreadable")
    package static let datasetEntry = Self("dsl.bad-entry")
    package static let directoryUnreadable = Self("dsl.directory-unreadable")
    package static let snapshotsUnreadable = Self("dsl.snapshots-unreadable")
    package static let childrenUnreadable = Self("dsl.children-unreadable")
    package static let datasetsUnreadable = Self("dsl.datasets-unreadable")
    package static let datasetDepth = Self("dsl.too-deep")
    package static let clonesUnreadable = Self("dsl.clones-unreadable")
    package static let cloneEntry = Self("dsl.bad-clone")
    package static let deadlistUnreadable = Self("deadlist.unreadable")
    package static let deadlistEntry = Self("deadlist.bad-entry")
    package static let livelistUnreadable = Self("livelist.unreadable")
    package static let bookmarkUnreadable = Self("bookmark.unreadable")
    package static let redactionList = Self("bookmark.redaction-list-unreadable")
    package static let keyUnreadable = Self("crypt.key-unreadable")
    package static let keyDamaged = Self("crypt.key-damaged")
    package static let withheld = Self("accounting.withheld-unreadable")

    package static let metaslabsUnreadable = Self("metaslab.unreadable")
    package static let spaceMapUnreadable = Self("spacemap.unreadable")
    package static let spaceMapHole = Self("spacemap.hole")
    package static let spaceMapLength = Self("spacemap.length")
    package static let spaceMapBadEntry = Self("spacemap.bad-entry")
    package static let logSpaceMapUnreadable = Self("logspacemap.unreadable")
    package static let logSpaceMapName = Self("logspacemap.bad-name")
    package static let logSpaceMapEntry = Self("logspacemap.bad-entry")

    package static let dedupStoreUnreadable = Self("ddt.store-unreadable")
    package static let dedupHistogram = Self("ddt.bad-histogram")
    package static let dedupLogUnreadable = Self("ddt.log-unreadable")
    package static let dedupLogRecord = Self("ddt.log-damaged")
    package static let dedupEntry = Self("ddt.bad-entry")
    package static let cloneTableUnreadable = Self("brt.unreadable")
    package static let cloneTableEntry = Self("brt.bad-entry")

    package static let historyRecord = Self("history.bad-record")
    package static let errorLogEntry = Self("errlog.bad-entry")
    package static let errorLogHead = Self("errlog.bad-head")

    package static let filesystemUnreadable = Self("zpl.unreadable")
    package static let filesystemDamaged = Self("zpl.damaged")
    package static let deletionQueue = Self("zpl.deletion-queue-unreadable")
    package static let fileUnreadable = Self("zpl.file-unreadable")
    package static let attributesDamaged = Self("sa.damaged")
    package static let dataUnreadable = Self("block.unreadable")
    package static let addressUnreadable = Self("vdev.address-unreadable")
    package static let deviceUnreadable = Self("vdev.device-unreadable")

    /// The records of an intent log are shown as if they had been replayed.
    package static let logReplayed = Self("zil.replayed")
    package static let logRecordRefused = Self("zil.record-refused")
    package static let logBroken = Self("zil.chain-broken")
}
