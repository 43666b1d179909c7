import Bytes
import Devices
package import Vdevs

extension PoolCandidate {
    /// The same with the top-level vdevs that no label describes taken from `trusted`, a whole tree from the MOS
    /// or from zpool.cache.
    ///
    /// Labels cannot tell a vdev whose devices are missing from one that was removed, and only a whole tree
    /// names the devices of the former.
    package func completed(by trusted: VdevConfig) -> PoolCandidate {
        var copy = self
        let known = Dictionary(
            trusted.children.compactMap { top in top.id.map { ($0, top) } },
            uniquingKeysWith: { first, _ in first })
        let tops = root.children.map { top in
            guard top.kind == .missing, let id = top.id, let better = known[id] else { return top }
            return better
        }
        var list = root.list
        list.pairs.removeAll { $0.name == ConfigKey.children }
        list.pairs.append(NVPair(ConfigKey.children, .listArray(tops.map(\.list))))
        copy.root = VdevConfig(list)
        let named = Dictionary(
            missing.map { ($0.guid, $0) }, uniquingKeysWith: { first, _ in first })
        copy.missing = Self.missing(copy.root, present: Set(devices.keys)).map {
            named[$0.guid] ?? $0
        }
        let sameName = obstacles.filter { if case .sameName = $0 { true } else { false } }
        copy.judge()
        copy.obstacles += sameName
        return copy
    }

    /// The same with devices that were told by their contents; `trusted` is the tree of the MOS.
    func adopting(
        _ found: [GUID: any BlockDevice], _ trusted: VdevConfig
    ) -> PoolCandidate {
        var copy = self
        copy.devices.merge(found) { known, _ in known }
        copy.recognised.formUnion(found.keys)
        copy.strangers = []
        return copy.completed(by: trusted)
    }

    /// The same without those that were told by their contents and have labels of the pool by now.
    ///
    /// A device that was detached may go by another GUID once it has labels; then the pool is put together anew.
    func settled() -> PoolCandidate {
        guard detached == nil else { return foundAgain() ?? self }
        guard !recognised.isEmpty else { return self }
        var copy = self
        copy.recognised = recognised.filter { leaf in
            guard let best = devices[leaf].flatMap({ LabelSet($0).best }), best.config.isSound,
                let list = best.config.list
            else { return true }
            return list.guid(ConfigKey.poolGUID) != self.guid
                || list.guid(ConfigKey.guid) != leaf
                || (list.uint64(ConfigKey.poolTxg) ?? 0) == 0
        }
        return copy
    }

    /// The pool by what the labels of its devices say now; nil where none names it.
    private func foundAgain() -> PoolCandidate? {
        var assembly = PoolAssembly()
        for device in devices.values {
            if case .found(let found, let config) = FoundDevice.look(device, order: 0) {
                assembly.add(found, config: config)
            }
        }
        return assembly.candidates().first { $0.guid == guid }
    }
}
