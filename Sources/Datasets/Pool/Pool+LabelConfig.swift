package import Bytes
import Vdevs

/// What labels repeat of the pool's own configuration.
extension Pool {
    /// The configuration that the labels of a leaf must hold; nil where that of the MOS is damaged or has no such leaf.
    ///
    /// `txg` is the group that they are written in; `replacement` takes the place of the configuration. Mirrors `spa_config_generate` (`module/zfs/spa_config.c`) for a
    /// vdev, which leaves out what only the MOS needs to know.
    package func labelConfig(
        of guid: GUID, txg: TransactionGroup, by replacement: PoolConfig? = nil
    ) -> NVList? {
        guard let config = replacement ?? config, let root = config.root, isConfigSound,
            let top = root.children.first(where: { $0.node(guid) != nil }),
            let leaf = top.node(guid), leaf.isLeaf, let topGUID = top.guid,
            top.stripeFlaw == nil, top.expansionFlaws(newest: self.txg).isEmpty
        else { return nil }
        var list = NVList([])
        func add(_ name: String, _ value: NVValue?) {
            if let value { list.pairs.append(NVPair(name, value)) }
        }
        for name in Self.poolKeys { add(name, config.list[name]) }
        add(ConfigKey.poolState, (candidate.state?.rawValue).map { .uint64($0) })
        add(ConfigKey.poolTxg, .uint64(txg.rawValue))
        add(ConfigKey.topGUID, .uint64(topGUID.rawValue))
        add(ConfigKey.guid, .uint64(guid.rawValue))
        if leaf.isSpare { add(ConfigKey.isSpare, .uint64(1)) }
        if leaf.isLog { add(ConfigKey.isLog, .uint64(1)) }
        add(ConfigKey.vdevChildren, .uint64(UInt64(root.children.count)))
        add(ConfigKey.holeArray, config.list[ConfigKey.holeArray])
        add(
            ConfigKey.splitGUID,
            config.list.list(Self.split)?[ConfigKey.splitGUID] ?? config.list[ConfigKey.splitGUID])
        add(ConfigKey.vdevTree, .list(Self.withoutMetaKeys(top)))
        add(ConfigKey.featuresForRead, .list(labelFeatures(config)))
        return list
    }

    /// Whether nothing of the configuration had to be passed over.
    private var isConfigSound: Bool {
        guard foundConfig == nil else { return true }
        return directory.object(.config).flatMap { try? meta.nvlistDecoding($0) }?.findings.isEmpty
            ?? false
    }

    /// In the order in which ZFS writes them; the state is what the labels say.
    private static let poolKeys = [
        ConfigKey.version, ConfigKey.poolName, ConfigKey.poolGUID, ConfigKey.errata,
        ConfigKey.minimumAllocation, ConfigKey.maximumAllocation, ConfigKey.comment,
        ConfigKey.compatibility, ConfigKey.hostID, ConfigKey.hostname,
    ]

    /// What the MOS keeps of a split of the pool (`ZPOOL_CONFIG_SPLIT`).
    private static let split = "splitcfg"

    /// The list of a vdev without what stands in the MOS only (`VDEV_CONFIG_MOS`).
    private static func withoutMetaKeys(_ vdev: VdevConfig) -> NVList {
        var list = vdev.list
        list.pairs.removeAll {
            [
                ConfigKey.leafZAP, ConfigKey.topZAP, ConfigKey.rootZAP, ConfigKey.resilverDeferred,
            ].contains($0.name)
        }
        for index in list.pairs.indices where list.pairs[index].name == ConfigKey.children {
            list.pairs[index].value = .listArray(vdev.children.map(withoutMetaKeys))
        }
        return list
    }

    /// The features that a reader of the MOS must know, in the order in which the configuration has them.
    private func labelFeatures(_ config: PoolConfig) -> NVList {
        let needed = features.list.filter {
            $0.isActive && ($0.known?.traits.contains(.neededForMOS) ?? false)
        }.map(\.guid)
        let known = config.list.list(ConfigKey.featuresForRead)?.pairs.map(\.name) ?? []
        guard version == 5000 else {
            return config.list.list(ConfigKey.featuresForRead) ?? NVList([])
        }
        let names = known.filter(needed.contains) + needed.filter { !known.contains($0) }
        return NVList(names.map { NVPair($0, .boolean) })
    }
}
