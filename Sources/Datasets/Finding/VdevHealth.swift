package import Bytes
package import Vdevs

/// How far a vdev works, judged by the devices at hand and the states in its configuration.
///
/// Mirrors `vdev_state_t` (`include/sys/fs/zfs.h`) as `zpool import` shows it.
package enum VdevHealth: String, Sendable, Hashable {
    case online = "ONLINE"
    case degraded = "DEGRADED"
    case faulted = "FAULTED"
    case offline = "OFFLINE"
    case removed = "REMOVED"
    case unavailable = "UNAVAIL"

    /// Whether all of it can be read.
    package var isReadable: Bool { self == .online || self == .degraded }
}

extension VdevHealth {
    /// The health of `config` where the devices of `present` are at hand.
    ///
    /// A group is degraded where its redundancy covers what is missing, and a pool without a log device is,
    /// too, since only the last writes before a power cut are lost with it. `tops` are the pool's top-level
    /// vdevs, for distributed spares. Mirrors the `vdev_op_state_change` of each kind of vdev.
    package init(
        of config: VdevConfig, present: Set<GUID>, tops: [VdevConfig] = []
    ) {
        switch config.kind {
        case .root: self = Self.ofPool(config, present)
        case .hole, .indirect: self = .online
        case .missing: self = .unavailable
        case .distributedSpare: self = Self.ofSpare(config, present, tops)
        case .raidz, .draid:
            self = Self.ofGroup(config, present, tops, tolerance: config.parity)
        case _ where config.kind.isMirrorLike:
            let count = UInt64(config.children.count)
            self = Self.ofGroup(config, present, tops, tolerance: count == 0 ? 0 : count - 1)
        default: self = Self.ofLeaf(config, present)
        }
    }

    private static func ofLeaf(_ config: VdevConfig, _ present: Set<GUID>) -> VdevHealth {
        if config.isOffline { return .offline }
        if config.isRemoved { return .removed }
        if config.isFaulted { return .faulted }
        guard let guid = config.guid, present.contains(guid) else { return .unavailable }
        return config.isDegraded ? .degraded : .online
    }

    private static func ofGroup(
        _ config: VdevConfig, _ present: Set<GUID>, _ tops: [VdevConfig], tolerance: UInt64
    ) -> VdevHealth {
        guard !config.children.isEmpty else { return .unavailable }
        let states = config.children.map { VdevHealth(of: $0, present: present, tops: tops) }
        let lost = UInt64(states.count { !$0.isReadable })
        if lost > tolerance { return .unavailable }
        return states.allSatisfy { $0 == .online } ? .online : .degraded
    }

    /// A distributed spare is a part of its dRAID, which must be readable without it.
    private static func ofSpare(
        _ config: VdevConfig, _ present: Set<GUID>, _ tops: [VdevConfig]
    ) -> VdevHealth {
        guard let top = tops.first(where: { $0.guid == config.topGUID }) else {
            return .unavailable
        }
        let leaves = top.all.filter { $0.kind.isLeaf }
        let lost = leaves.count { !VdevHealth(of: $0, present: present).isReadable }
        return UInt64(lost) <= top.parity ? .online : .unavailable
    }

    private static func ofPool(_ root: VdevConfig, _ present: Set<GUID>) -> VdevHealth {
        var isDegraded = false
        for top in root.children {
            let health = VdevHealth(of: top, present: present, tops: root.children)
            if !health.isReadable && !top.isLog { return .unavailable }
            if health != .online { isDegraded = true }
        }
        return isDegraded ? .degraded : .online
    }
}
