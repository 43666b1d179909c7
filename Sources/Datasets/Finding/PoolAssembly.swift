import Bytes
import Devices
import Vdevs

/// Puts pools together from the labels of many devices, which may come in any order.
///
/// Each label describes only its own top-level vdev, as of the txg in which it was written; of each
/// top-level vdev the newest description is kept and the others are dropped at once, so that a pool of
/// hundreds of devices takes no more memory than one description of it. Mirrors what `add_config` and
/// `get_configs` (`lib/libzutil/zutil_import.c`) do for `zpool import`.
struct PoolAssembly: Sendable {
    /// A configuration and how much it is worth.
    private struct Description: Sendable {
        let config: NVList
        let rank: Rank
    }

    /// A vdev that can be wins over one whose blocks can lie nowhere, then the newer label, then the device with more sound
    /// labels, then the one found first; so the result does not depend on which device was read first.
    private struct Rank: Sendable, Comparable {
        let possibility: Int
        let txg: UInt64
        let soundLabels: Int
        let order: Int

        init(_ device: FoundDevice, _ config: NVList) {
            let top = config.list(ConfigKey.vdevTree).map(VdevConfig.init(_:))
            possibility = top?.stripeFlaw == nil ? 1 : 0
            txg = device.identity.txg?.rawValue ?? 0
            soundLabels = device.soundLabels
            order = device.order
        }

        static func < (left: Rank, right: Rank) -> Bool {
            (left.possibility, left.txg, left.soundLabels, -left.order)
                < (right.possibility, right.txg, right.soundLabels, -right.order)
        }
    }

    /// What is known of one pool so far.
    private struct Parts: Sendable {
        var devices: [FoundDevice] = []
        var tops: [GUID: Description] = [:]
    }

    private var pools: [GUID: Parts] = [:]
    private(set) var spares: [FoundDevice] = []
    private(set) var caches: [FoundDevice] = []

    /// Takes a device in; `config` is what the best of its labels holds.
    mutating func add(_ device: FoundDevice, config: NVList) {
        switch device.identity.state {
        case .spare: spares.append(device)
        case .l2cache: caches.append(device)
        default:
            guard let pool = device.identity.poolGUID else { return }
            let top = device.identity.topGUID ?? device.identity.guid ?? GUID(0)
            let description = Description(config: config, rank: Rank(device, config))
            var parts = pools[pool] ?? Parts()
            parts.devices.append(device)
            if parts.tops[top].map({ $0.rank < description.rank }) ?? true {
                parts.tops[top] = description
            }
            pools[pool] = parts
        }
    }

    /// The pools, sorted by name and GUID.
    func candidates() -> [PoolCandidate] {
        let found = pools.map { guid, parts in candidate(guid, parts) }
        return found.sorted { ($0.name, $0.guid.rawValue) < ($1.name, $1.guid.rawValue) }
    }

    private func candidate(_ guid: GUID, _ parts: Parts) -> PoolCandidate {
        let newest = parts.tops.values.max { $0.rank < $1.rank }
        let config = newest?.config ?? NVList([])
        let root = Self.root(
            guid, config, parts.tops.values.sorted { $1.rank < $0.rank }.map(\.config))
        var candidate = PoolCandidate(
            name: config.string(ConfigKey.poolName) ?? "", guid: guid, config: config, root: root,
            devices: [:])
        candidate.take(parts.devices)
        for device in (spares + caches).sorted(by: { $0.order < $1.order }) {
            guard let guid = device.identity.guid, candidate.devices[guid] == nil else { continue }
            candidate.devices[guid] = device.device
        }
        return candidate
    }

    /// The whole tree, from the descriptions of its top-level vdevs, the newest first.
    ///
    /// Where two claim the same number, the newer one has it. Numbers that the newest label calls holes are
    /// holes, and those below `vdev_children` that nobody has are missing.
    static func root(_ guid: GUID, _ newest: NVList, _ configs: [NVList]) -> VdevConfig {
        let identity = PoolIdentity(newest)
        var tops: [UInt64: NVList] = [:]
        for config in configs {
            guard let tree = config.list(ConfigKey.vdevTree),
                let id = tree.uint64(ConfigKey.id), id < maximumTops, tops[id] == nil
            else { continue }
            tops[id] = tree
        }
        let holes = Set(identity.holes)
        let count = min(identity.vdevChildren ?? 0, maximumTops)
        let last = tops.keys.max().map { $0 + 1 } ?? 0
        for id in 0..<max(count, last) where tops[id] == nil || holes.contains(id) {
            let kind: VdevKind = holes.contains(id) ? .hole : .missing
            tops[id] = [
                ConfigKey.type: .string(NVString(kind.rawValue)), ConfigKey.id: .uint64(id),
                ConfigKey.guid: .uint64(0),
            ]
        }
        return VdevConfig([
            ConfigKey.type: .string(NVString(VdevKind.root.rawValue)), ConfigKey.id: .uint64(0),
            ConfigKey.guid: .uint64(guid.rawValue),
            ConfigKey.children: .listArray(tops.sorted { $0.key < $1.key }.map(\.value)),
        ])
    }

    /// More top-level vdevs than any pool has; a number beyond it comes from damage.
    private static let maximumTops: UInt64 = 1 << 16
}
