package import Bytes
package import Vdevs

/// The configuration that the MOS keeps of its pool: what `zdb -C` prints and labels repeat in part.
///
/// It is trusted over the labels, since it was written with the txg that is read. Mirrors what
/// `spa_config_generate` (`module/zfs/spa_config.c`) writes.
package struct PoolConfig: Sendable, Hashable {
    /// The list that all of this comes from.
    package let list: NVList
    package let identity: PoolIdentity
    /// The root of the vdev tree; nil where the list has none.
    package let root: VdevConfig?

    package init(_ list: NVList) {
        self.list = list
        identity = PoolIdentity(list)
        root = list.list(ConfigKey.vdevTree).map { VdevConfig($0) }
    }

    /// Everything that the list tells, unknown names included.
    package var record: Record { list.record(present: ConfigKey.present) }
}
