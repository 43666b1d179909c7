import Bytes
import Datasets
import Objects
import Vdevs

/// The configuration of a pool that has one side of a mirror and nothing else, as that of a single disk.
///
/// The device takes the place, the number and the GUID of its top-level vdev, as it does when `zpool detach` takes the last
/// other side out; what the other sides have in the MOS is freed. Mirrors `vdev_remove_parent` (`module/zfs/vdev.c`),
/// `vdev_destroy_unlink_zap` and the part of `vdev_dtl_sync` that frees.
struct SingleDisk: Sendable {
    /// The whole configuration afterwards.
    let config: PoolConfig
    /// The GUID that the device had, and the one that it has then.
    let former: GUID
    let guid: GUID
    /// The sum of the GUIDs of all vdevs.
    let guidSum: UInt64
    /// The vdevs that are no more.
    let removed: Set<GUID>
    /// Their objects, and those of lists of groups that they missed.
    private let zaps: [UInt64]
    private let lists: [UInt64]
    private let pool: Pool

    /// Nil where the configuration is not that of a mirror alone that has the device.
    init?(_ device: GUID, of pool: Pool) {
        guard let own = pool.config, let root = own.root,
            let place = root.children.firstIndex(where: { $0.node(device) != nil }),
            case let top = root.children[place], top.kind.isMirrorLike, let guid = top.guid,
            let leaf = top.node(device), leaf.isLeaf
        else { return nil }
        let others = top.all.filter { $0.guid != device && $0.guid != guid }
        var list = own.list
        var tree = root.list
        var tops = root.children.map(\.list)
        tops[place] = Self.joined(leaf.list, top.list)
        guard Self.replace(ConfigKey.children, .listArray(tops), in: &tree),
            Self.replace(ConfigKey.vdevTree, .list(tree), in: &list)
        else { return nil }
        config = PoolConfig(list)
        former = device
        self.guid = guid
        guidSum = config.root?.all.reduce(UInt64(0)) { $0 &+ ($1.guid?.rawValue ?? 0) } ?? 0
        removed = Set(others.compactMap(\.guid))
        zaps = (others.map(\.leafZAP) + others.map(\.topZAP)).compactMap(\.self).filter { $0 != 0 }
        lists = others.compactMap(\.dtl).filter { $0 != 0 }
        self.pool = pool
    }

    /// What the device is, with what only a top-level vdev tells.
    private static func joined(_ leaf: NVList, _ top: NVList) -> NVList {
        let own = [ConfigKey.id, ConfigKey.guid, ConfigKey.createTxg]
        var list = leaf
        list.pairs.removeAll { own.contains($0.name) }
        let names = Set(list.pairs.map(\.name))
        let rest = top.pairs.filter {
            !names.contains($0.name)
                && ![ConfigKey.type, ConfigKey.children, ConfigKey.dtl].contains($0.name)
        }
        list.pairs.insert(
            contentsOf: rest.filter { own.contains($0.name) && $0.name != ConfigKey.createTxg },
            at: min(1, list.pairs.count))
        list.pairs += rest.filter {
            !own.contains($0.name) || $0.name == ConfigKey.createTxg
        }
        return list
    }

    private static func replace(
        _ name: String, _ value: NVValue, in list: inout NVList
    ) -> Bool {
        guard let place = list.pairs.firstIndex(where: { $0.name == name }) else { return false }
        list.pairs[place].value = value
        return true
    }

    /// Enters it into the MOS.
    func apply(to meta: inout ObjectSetDraft) throws(RepairError) {
        guard let number = pool.directory.object(.config) else {
            throw .unsupported("the pool names no configuration")
        }
        let list = config.list
        try meta.edit(number) { object throws(RepairError) in try object.replacePackedList(list) }
        if let map = pool.directory.object(.vdevZAPMap) {
            let zaps = zaps
            try meta.edit(map) { map throws(RepairError) in
                for zap in zaps {
                    let name = String(zap, radix: 16)
                    if try map.word(name) != nil { try map.removeEntry(name) }
                }
            }
        }
        for zap in zaps { try meta.free(zap) }
        for list in lists {
            let object = try meta.object(list)
            let bonus = try object.bonus
            let header = try RepairError.format(of: list) { () throws(FormatError) in
                try SpaceMapHeader(bonus.rawBytes, object.order)
            }
            try NewSpaceMap.countHistogram(-1, of: header, in: &meta, pool)
            try meta.free(list)
        }
    }
}
