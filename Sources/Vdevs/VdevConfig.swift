package import Bytes

/// One node of a `vdev_tree`: a device, or a group of them, as a label, the MOS or zpool.cache tells it.
///
/// What a damaged list lacks is nil here, and what this version does not know stays in `list`. No value
/// is judged. Mirrors what `vdev_config_generate` (`vdev_label.c`) writes and `vdev_alloc` (`vdev.c`) reads.
package struct VdevConfig: Sendable, Hashable {
    /// The list that all of this comes from.
    package let list: NVList
    /// Empty where the type is missing.
    package let kind: VdevKind
    /// The index in the parent's children; for a top-level vdev the number that DVAs name.
    package let id: UInt64?
    package let guid: GUID?
    package let path: String?
    /// The devices below, in order; one that is missing from a damaged list shifts those after it, so
    /// prefer their `id`.
    package let children: [VdevConfig]

    package init(_ list: NVList) {
        self.init(list, depth: 0)
    }

    /// ZFS nests root, group, spare, replacing, leaf; what lies deeper comes from damage and is left out.
    private init(_ list: NVList, depth: Int) {
        self.list = list
        kind = VdevKind(rawValue: list.string(ConfigKey.type) ?? "")
        id = list.uint64(ConfigKey.id)
        guid = list.guid(ConfigKey.guid)
        path = list.string(ConfigKey.path)
        let lists = depth < 16 ? list.lists(ConfigKey.children) ?? [] : []
        children = lists.map { VdevConfig($0, depth: depth + 1) }
    }

    /// Whether it holds bytes itself, so that it has labels.
    package var isLeaf: Bool { kind.isLeaf || kind == .distributedSpare }

    /// Itself and all below, parents before their children.
    package var all: [VdevConfig] { [self] + children.flatMap(\.all) }

    /// The devices that hold bytes, in order.
    package var leaves: [VdevConfig] { all.filter(\.isLeaf) }

    /// The node of that GUID, here or below.
    package func node(_ guid: GUID) -> VdevConfig? { all.first { $0.guid == guid } }

    /// How messages name it: its path, or its kind and GUID.
    package var name: String {
        path ?? "\(kind) \(guid.map(\.description) ?? id.map { "#\($0)" } ?? "without a GUID")"
    }
}
