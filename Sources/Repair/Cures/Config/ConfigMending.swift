import Bytes
import Datasets
import Vdevs

/// Takes pairs of a configuration from the labels of the pool's devices.
struct ConfigMending {
    /// The configurations of sound labels, the newest first.
    private let labels: [NVList]

    init(_ pool: Pool) {
        labels = WritableLeaves(pool).leaves.flatMap { leaf in
            LabelSet(leaf.device).labels.filter(\.config.isSound).compactMap(\.config.list)
        }
        .filter { $0.guid(ConfigKey.poolGUID) == pool.candidate.guid }
        .sorted {
            ($0.uint64(ConfigKey.poolTxg) ?? 0) > ($1.uint64(ConfigKey.poolTxg) ?? 0)
        }
    }

    /// The list with the pair at `path` (`vdev_tree.children[0].path`) as a label has it; nil where none tells.
    func mend(_ list: NVList, _ path: String) -> NVList? {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.first, !name.isEmpty else { return nil }
        if parts.count == 1 {
            return replacing(name, in: list, by: labels.lazy.compactMap { $0[name] }.first)
        }
        guard name == ConfigKey.vdevTree, let root = list.list(name),
            let tree = mendVdev(root, parts.dropFirst())
        else { return nil }
        return replacing(name, in: list, by: .list(tree))
    }

    /// The list with all numbers that say where the blocks of the top-level vdev at `path` lie as the newest label has them
    /// with which one can be; nil where none has.
    func mendStripes(_ list: NVList, _ path: String, newest: TransactionGroup) -> NVList? {
        let prefix = "\(ConfigKey.vdevTree).\(ConfigKey.children)["
        guard path.hasPrefix(prefix), let index = Int(path.dropFirst(prefix.count).dropLast()),
            var root = list.list(ConfigKey.vdevTree), var tops = root.lists(ConfigKey.children),
            tops.indices.contains(index), let guid = tops[index].guid(ConfigKey.guid)
        else { return nil }
        let sound = labels.lazy.compactMap { $0.list(ConfigKey.vdevTree).map(VdevConfig.init(_:)) }
            .first { top in
                top.guid == guid && top.children.count == VdevConfig(tops[index]).children.count
                    && top.stripeFlaw == nil && top.expansionFlaws(newest: newest).isEmpty
            }
        guard let sound else { return nil }
        for key in VdevConfig.stripeKeys {
            let place = tops[index].pairs.firstIndex { $0.name == key }
            switch (place, sound.list[key]) {
            case (let place?, let value?): tops[index].pairs[place].value = value
            case (let place?, nil): tops[index].pairs.remove(at: place)
            case (nil, let value?): tops[index].pairs.append(NVPair(key, value))
            case (nil, nil): break
            }
        }
        root = replacing(ConfigKey.children, in: root, by: .listArray(tops)) ?? root
        return replacing(ConfigKey.vdevTree, in: list, by: .list(root))
    }

    private func mendVdev(_ vdev: NVList, _ parts: ArraySlice<String>) -> NVList? {
        guard let part = parts.first else { return nil }
        let prefix = "\(ConfigKey.children)["
        guard part.hasPrefix(prefix), part.hasSuffix("]"), parts.count > 1 else {
            guard parts.count == 1, let guid = vdev.guid(ConfigKey.guid) else { return nil }
            return replacing(part, in: vdev, by: value(of: part, vdev: guid))
        }
        guard let index = Int(part.dropFirst(prefix.count).dropLast()),
            var children = vdev.lists(ConfigKey.children), children.indices.contains(index),
            let child = mendVdev(children[index], parts.dropFirst())
        else { return nil }
        children[index] = child
        return replacing(ConfigKey.children, in: vdev, by: .listArray(children))
    }

    /// What a label says of a vdev.
    private func value(of name: String, vdev guid: GUID) -> NVValue? {
        for label in labels {
            guard let tree = label.list(ConfigKey.vdevTree) else { continue }
            for vdev in VdevConfig(tree).all where vdev.guid == guid {
                if let value = vdev.list[name] { return value }
            }
        }
        return nil
    }

    private func replacing(_ name: String, in list: NVList, by value: NVValue?) -> NVList? {
        guard let value, let index = list.pairs.firstIndex(where: { $0.name == name }) else {
            return nil
        }
        var list = list
        list.pairs[index].value = value
        return list
    }
}
