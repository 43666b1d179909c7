import Bytes
import Vdevs

extension PoolCandidate {
    /// Gives each leaf of the tree the best of `found` that claims to be it, and notes the others.
    mutating func take(_ found: [FoundDevice]) {
        let leaves = root.leaves
        let paths = Dictionary(
            leaves.compactMap { leaf in leaf.guid.map { ($0, leaf.path) } },
            uniquingKeysWith: { first, _ in first })
        var byGUID: [GUID: [FoundDevice]] = [:]
        for device in found {
            if let guid = device.identity.guid { byGUID[guid, default: []].append(device) }
        }
        var chosen: [GUID: FoundDevice] = [:]
        for (guid, claimants) in byGUID.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let sorted = claimants.sorted { Self.isBetter($0, $1, path: paths[guid] ?? nil) }
            guard let best = sorted.first else { continue }
            chosen[guid] = best
            for other in sorted.dropFirst() where !other.isPartition {
                notes.append(
                    DeviceNote(
                        kind: .duplicate, device: other.name,
                        text:
                            "\(other.name) (label of txg \(Self.txg(other))) claims to be the same "
                            + "device as \(best.name) (txg \(Self.txg(best))); the latter is used"))
            }
        }
        for device in chosen.values { devices[device.identity.guid ?? GUID(0)] = device.device }
        members = Self.members(leaves, chosen)
        newestUberblock = chosen.values.compactMap(\.newestUberblock)
            .max { $0.precedes($1) }
        for (guid, device) in chosen.sorted(by: { $0.value.order < $1.value.order })
        where paths[guid] == nil {
            notes.append(
                DeviceNote(
                    kind: .stray, device: device.name,
                    text: "\(device.name) has a label of this pool, but is no part of it any more"))
        }
        missing = Self.missing(root, present: Set(chosen.keys))
        judge()
    }

    /// The newer label wins, then a device over a partition taken out of one, then sound labels, then the path
    /// in the configuration, then the search order.
    private static func isBetter(
        _ left: FoundDevice, _ right: FoundDevice, path: String?
    ) -> Bool {
        func rank(_ device: FoundDevice) -> (UInt64, Int, Int, Int, Int) {
            (
                txg(device), device.isPartition ? 0 : 1, device.soundLabels,
                device.name == path ? 1 : 0, -device.order
            )
        }
        return rank(left) > rank(right)
    }

    private static func txg(_ device: FoundDevice) -> UInt64 { device.identity.txg?.rawValue ?? 0 }

    private static func members(
        _ leaves: [VdevConfig], _ chosen: [GUID: FoundDevice]
    ) -> [PoolMember] {
        var newest: [GUID?: UInt64] = [:]
        for device in chosen.values {
            newest[device.identity.topGUID] = max(
                newest[device.identity.topGUID] ?? 0, txg(device))
        }
        return leaves.compactMap { leaf in
            guard let guid = leaf.guid, let device = chosen[guid] else { return nil }
            return PoolMember(
                guid: guid, name: device.name, txg: device.identity.txg,
                soundLabels: device.soundLabels,
                isStale: txg(device) < newest[device.identity.topGUID] ?? 0, notes: device.notes,
                shortfall: device.shortfall)
        }
    }

    /// The leaves of the tree that are not `present`.
    static func missing(_ root: VdevConfig, present: Set<GUID>) -> [MissingDevice] {
        root.children.flatMap { top in
            top.leaves.compactMap { leaf -> MissingDevice? in
                if leaf.kind == .distributedSpare { return nil }
                if let guid = leaf.guid, present.contains(guid) { return nil }
                return MissingDevice(
                    guid: leaf.guid, path: leaf.path, kind: leaf.kind, top: top.id, instead: nil)
            }
        }
    }
}
