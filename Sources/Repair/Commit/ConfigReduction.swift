import Bytes
import Vdevs

/// What a repair takes out of the pool's configuration, in the MOS and in all labels alike: pairs of one top-level vdev, and
/// features that have no user left.
struct ConfigReduction: Sendable {
    /// The GUID of the vdev.
    let vdev: GUID
    /// Names of its pairs.
    let pairs: Set<String>
    /// Full names of features.
    let features: Set<String>

    /// The list without them; trees of vdevs are five lists deep at most.
    func applied(to list: NVList, depth: Int = 0) -> NVList {
        guard depth < 16 else { return list }
        var list = list
        if list.guid(ConfigKey.guid) == vdev, list[ConfigKey.type] != nil {
            list.pairs.removeAll { pairs.contains($0.name) }
        }
        for index in list.pairs.indices {
            switch (list.pairs[index].name, list.pairs[index].value) {
            case (ConfigKey.featuresForRead, .list(var inner)):
                inner.pairs.removeAll { features.contains($0.name) }
                list.pairs[index].value = .list(inner)
            case (ConfigKey.vdevTree, .list(let inner)):
                list.pairs[index].value = .list(applied(to: inner, depth: depth + 1))
            case (ConfigKey.children, .listArray(let inner)):
                list.pairs[index].value = .listArray(
                    inner.map { applied(to: $0, depth: depth + 1) })
            default: break
            }
        }
        return list
    }
}
