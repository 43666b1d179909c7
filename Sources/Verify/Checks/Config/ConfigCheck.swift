import Bytes
import Datasets
import Objects
import Vdevs

/// The pool's own configuration: whole, possible, and the same as the newest labels say.
struct ConfigCheck: Check {
    static let kinds: [ProblemKind] =
        [.configAbsent, .configUnreadable, .configNoTree, .configLabel, .configVdev]
        + ProblemKind.nvlists

    func run(_ context: CheckContext) {
        let pool = context.pool
        for key in [ObjectDirectory.Key.spares, .l2cache] {
            if let object = pool.directory.object(key) { checkList(object, key, context) }
        }
        guard let object = pool.directory.object(.config) else {
            var place = Location()
            place.objectSet = 0
            place.object = ObjectDirectory.objectNumber
            return context.report(Problem(.configAbsent, at: place))
        }
        checkList(object, .config, context)
        guard let config = pool.config else { return }
        if let stored = try? pool.meta.nvlistDecoding(object).list,
            stored.list(ConfigKey.vdevTree) == nil
        {
            context.report(Problem(.configNoTree, at: Self.place(object)))
        }
        guard pool.foundConfig == nil, let root = config.root else { return }
        for complaint in VdevTreeAudit(root).complaints {
            var place = Self.place(object, complaint.path)
            place.vdev = complaint.vdev
            context.report(
                Problem(
                    .configVdev, at: place,
                    evidence: Record([
                        "cause": .text(complaint.cause), "found": complaint.found,
                    ])))
        }
        guard pool.uberblock == pool.uberblocks.first, !pool.isCheckpoint,
            (try? pool.meta.nvlistDecoding(object))?.findings.isEmpty ?? false
        else { return }
        compareLabels(config, root, context)
    }

    private static func place(_ object: UInt64, _ key: String? = nil) -> Location {
        var place = Location()
        place.objectSet = 0
        place.object = object
        place.key = key
        return place
    }

    /// Each complaint of the decoder.
    private func checkList(_ object: UInt64, _ key: ObjectDirectory.Key, _ context: CheckContext) {
        do throws(PoolError) {
            let decoding = try context.pool.meta.nvlistDecoding(object)
            for finding in decoding.findings {
                context.report(Problem(finding, at: Self.place(object, finding.path)))
            }
            // The bonus says how long the list is (`spa_sync_nvlist`).
            let own = try context.pool.meta.object(object)
            if decoding.findings.isEmpty,
                let size = try? Field<UInt64>("packed nvlist size", at: 0)
                    .read(own.bonus.rawBytes, own.order), size != UInt64(decoding.byteCount)
            {
                context.report(
                    Problem(
                        .nvlistBadSize, at: Self.place(object, ""),
                        evidence: .comparison(
                            "packed nvlist size", expected: UInt64(decoding.byteCount),
                            found: size)))
            }
        } catch {
            context.report(
                Problem(
                    .configUnreadable, at: Self.place(object, key.rawValue),
                    evidence: Record(["cause": .text("\(error)")])))
        }
    }

    /// What labels repeat of the pool, and of their own top-level vdev.
    private func compareLabels(
        _ config: PoolConfig, _ root: VdevConfig, _ context: CheckContext
    ) {
        let stale = Set(context.pool.candidate.members.filter(\.isStale).map(\.name))
        for device in context.labels.devices where device.isLeaf {
            let name = device.labels.deviceName
            guard !stale.contains(name), let label = device.labels.best, label.config.isSound,
                let list = label.config.list, let identity = device.labels.identity,
                identity.txg.map({ $0 <= context.pool.txg }) ?? false,
                identity.txg == config.identity.txg
                    || identity.txg == context.pool.candidate.identity.txg
            else { continue }
            var pairs: [(String, NVValue?, NVValue?)] = [
                ConfigKey.poolName, ConfigKey.poolGUID, ConfigKey.version,
            ].map { ($0, config.list[$0], list[$0]) }
            if let tree = device.labels.vdevTree,
                let own = root.children.first(where: { $0.guid == tree.guid })
            {
                // Where the pool's own numbers can't be, that is told of them.
                let isFlawed =
                    own.stripeFlaw != nil
                    || !own.expansionFlaws(newest: context.pool.txg).isEmpty
                let keys = Self.vdevKeys + (isFlawed ? [] : VdevConfig.stripeKeys)
                pairs += keys.map { ("\(ConfigKey.vdevTree).\($0)", own.list[$0], tree.list[$0]) }
            }
            for (key, expected, found) in pairs where expected != found {
                context.report(
                    Problem(
                        .configLabel, at: Location(device: name, label: label.index, key: key),
                        evidence: Record([
                            "expected": expected.map { ConfigKey.value($0, at: key) } ?? .none,
                            "found": found.map { ConfigKey.value($0, at: key) } ?? .none,
                        ])))
            }
        }
    }

    /// What never changes while a top-level vdev is there without its labels being written.
    private static let vdevKeys = [
        ConfigKey.type, ConfigKey.id, ConfigKey.guid, ConfigKey.ashift, ConfigKey.metaslabArray,
        ConfigKey.metaslabShift, ConfigKey.isLog,
    ]
}
