import Bytes
package import Devices
package import Vdevs

/// A device that was taken out of its pool, by `zpool detach`, a finished `zpool replace` or `zpool remove`, with what it
/// still tells of it.
///
/// Its labels are kept, but of txg 0 like those of a device that is just being added, so that ZFS knows it no more; where
/// those say in which group the device was created, these say 0. All uberblocks are overwritten by one of txg 0, which leads
/// to the pool's newest state of that moment. On a side of a mirror all blocks of that state are still there. Mirrors
/// `vdev_label_init` for `VDEV_LABEL_REMOVE` (`module/zfs/vdev_label.c`), as `spa_vdev_detach` (`module/zfs/spa.c`) uses it.
package struct DetachedDevice: Sendable {
    package let device: any BlockDevice
    package let identity: PoolIdentity
    /// What its best label says, with the tree as it was before.
    private let config: NVList
    private let pool: GUID
    private let guid: GUID
    private let top: VdevConfig
    /// The one to go on from, of the group in which its root was written; nil where none is left.
    private let uberblock: Uberblock?
    /// Whether that is a repair's own, which was broken off before the labels: by it the device is a top-level vdev already.
    private let isHalfRepaired: Bool

    /// Nil where the labels are not those of such a device.
    init?(_ device: any BlockDevice, _ labels: LabelSet) {
        guard let best = labels.best, best.config.isSound, let config = best.config.list else {
            return nil
        }
        let identity = PoolIdentity(config)
        guard identity.txg?.rawValue == 0, identity.createTxg?.rawValue == 0,
            identity.state != .spare, identity.state != .l2cache, let guid = identity.guid,
            let pool = identity.poolGUID, let tree = config.list(ConfigKey.vdevTree)
        else { return nil }
        self.device = device
        self.identity = identity
        self.config = config
        self.pool = pool
        self.guid = guid
        top = VdevConfig(tree)
        let own = labels.bestUberblock()
        isHalfRepaired = own != nil
        uberblock = own ?? UberblockRing.initial(on: device).flatMap { $0.datedByRoot() }
    }

    /// Whether all blocks of its top-level vdev are on it: whatever stands between them is like a mirror.
    private var holdsAll: Bool {
        func holds(_ vdev: VdevConfig) -> Bool {
            vdev.guid == guid
                || vdev.kind.isMirrorLike && vdev.children.contains(where: holds)
        }
        return top.kind.isMirrorLike && holds(top)
    }

    /// Other top-level vdevs of the pool that are there, as far as the label tells.
    private var otherTops: UInt64 {
        let all = identity.vdevChildren ?? 1
        let gone = UInt64(identity.holes.count) &+ 1
        return all > gone ? all - gone : 0
    }

    /// What became of the device, and what can be done; a sentence without its full stop.
    var reason: String {
        let name = identity.name.map { "the pool \($0)" } ?? "a pool without a name"
        let owner = "\(name) (GUID \(pool))"
        let since = uberblock.map { " after txg \($0.txg)" } ?? ""
        guard top.kind.isMirrorLike || top.children.contains(where: { $0.kind.isMirrorLike }) else {
            return "\(device.name) was removed from \(owner)\(since): its labels are of txg 0"
        }
        let what =
            "\(device.name) was detached from \(PoolCandidate.title(top)) of \(owner)\(since): its "
            + "labels are of txg 0"
        if !holdsAll { return "\(what), and it held only a part of the pool's blocks" }
        if uberblock == nil {
            return "\(what), and so are its uberblocks or they are gone: nothing on it tells where "
                + "the pool's newest state begins"
        }
        if otherTops > 0 {
            return
                "\(what), and the pool had \(otherTops + 1) top-level vdevs, of which it holds one"
        }
        return "\(what); \"zinspect repair \(device.name) labels\" makes it a pool again"
    }

    /// The pool as it was then, on this device alone; nil where that can't be had.
    func candidate() -> PoolCandidate? {
        guard let uberblock, holdsAll else { return nil }
        var list = config
        list.pairs.removeAll {
            [ConfigKey.poolTxg, ConfigKey.poolState, ConfigKey.createTxg].contains($0.name)
        }
        list.pairs += [
            NVPair(ConfigKey.poolTxg, .uint64(uberblock.txg.rawValue)),
            // Nobody has it: whoever detached it wrote to it no more.
            NVPair(ConfigKey.poolState, .uint64(PoolState.exported.rawValue)),
        ]
        var candidate = PoolCandidate(
            name: identity.name ?? "", guid: pool, config: list,
            root: PoolAssembly.root(pool, list, [list]), devices: [guid: device])
        candidate.members = [
            PoolMember(
                guid: guid, name: device.name, txg: uberblock.txg,
                soundLabels: LabelPart.labelCount, isStale: false, notes: [], shortfall: nil)
        ]
        candidate.missing = PoolCandidate.missing(candidate.root, present: [guid])
        candidate.newestUberblock = uberblock
        if isHalfRepaired, let guid = top.guid { candidate.devices[guid] = device }
        candidate.recognised = Set(candidate.devices.keys)
        candidate.detached = uberblock
        candidate.judge()
        return candidate
    }
}
