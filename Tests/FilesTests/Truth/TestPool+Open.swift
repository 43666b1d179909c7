import Bytes
import Datasets
import Devices
import TestSupport
import Vdevs

extension TestPool {
    /// Every pool on the devices of the archive, as their labels tell, sorted by name.
    func candidates() throws -> [PoolCandidate] {
        var byPool: [GUID: [(LabelSet, FileDevice)]] = [:]
        for path in try devicePaths() {
            let device = try FileDevice(path: path)
            let labels = LabelSet(device)
            guard let guid = labels.identity?.poolGUID else { continue }
            byPool[guid, default: []].append((labels, device))
        }
        return byPool.compactMap { guid, members in Self.candidate(guid, members) }
            .sorted { $0.name < $1.name }
    }

    private static func candidate(
        _ guid: GUID, _ members: [(LabelSet, FileDevice)]
    ) -> PoolCandidate? {
        let sorted = members.sorted {
            ($0.0.identity?.txg?.rawValue ?? 0) > ($1.0.identity?.txg?.rawValue ?? 0)
        }
        guard let newest = sorted.first?.0, let config = newest.best?.config.list else {
            return nil
        }
        var devices: [GUID: any BlockDevice] = [:]
        var tops: [UInt64: NVList] = [:]
        for (labels, device) in sorted {
            guard let list = labels.best?.config.list, let own = labels.identity?.guid else {
                continue
            }
            if devices[own] == nil { devices[own] = device }
            if let tree = list.list(ConfigKey.vdevTree), let id = tree.uint64(ConfigKey.id),
                tops[id] == nil, labels.identity?.isSpare != true
            {
                tops[id] = tree
            }
        }
        let count = max(newest.identity?.vdevChildren ?? 0, (tops.keys.max() ?? 0) + 1)
        let children = (0..<count).map { id in
            tops[id]
                ?? [
                    "type": .string(NVString("missing")), "id": .uint64(id), "guid": .uint64(0),
                ]
        }
        let root: NVList = [
            "type": .string(NVString("root")), "id": .uint64(0), "guid": .uint64(guid.rawValue),
            "children": .listArray(children),
        ]
        return PoolCandidate(
            name: newest.identity?.name ?? "", guid: guid, config: config,
            root: VdevConfig(root), devices: devices)
    }
}
