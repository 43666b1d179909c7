package import Bytes

/// A zpool.cache file: the configurations of the pools that a host imports when it starts.
///
/// One packed nvlist with a list for each pool. Mirrors `spa_config_load` (`module/zfs/spa_config.c`).
package struct CacheFile: Sendable, Hashable {
    package let pools: [Pool]
    package let findings: [NVFinding]

    /// One pool of the file.
    package struct Pool: Sendable, Hashable {
        /// The name under which the file has it.
        package let name: String
        package let list: NVList

        package var identity: PoolIdentity { PoolIdentity(list) }
        /// The whole tree, from the root vdev on.
        package var vdevTree: VdevConfig? {
            list.list(ConfigKey.vdevTree).map(VdevConfig.init(_:))
        }
    }

    /// Decodes the bytes of the file; throws only where they do not begin as a packed nvlist.
    package init(_ bytes: RawSpan) throws(FormatError) {
        let decoding = try NVList.decode(bytes)
        findings = decoding.findings
        var pools: [Pool] = []
        for pair in decoding.list.pairs {
            if case .list(let list) = pair.value { pools.append(Pool(name: pair.name, list: list)) }
        }
        self.pools = pools
    }

    package var record: Record {
        Record([
            "pools": .list(pools.map { .record($0.list.record(present: ConfigKey.present)) }),
            "findings": .list(findings.map { .record($0.record) }),
        ])
    }
}
