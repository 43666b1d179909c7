import Bytes
import Datasets
import Devices
import Vdevs

/// A pool's vdevs as zpool status draws them, with the health that the devices at hand give them.
struct DeviceTree {
    private let pool: PoolCandidate
    private let tops: [VdevConfig]

    /// `root` is the tree by the MOS, where that could be read.
    init(_ pool: PoolCandidate, root: VdevConfig? = nil) {
        self.pool = pool
        tops = (root ?? pool.root).children
    }

    static func columns(_ verbosity: Int) -> [Column] {
        let columns = [
            Column("state"), Column("size"), Column("ashift"), Column("class"), Column("path"),
        ]
        return verbosity > 0 ? columns + [Column("guid")] : columns
    }

    func node(_ vdev: VdevConfig, label: String) -> TreeNode {
        let present = Set(pool.devices.keys)
        let health = VdevHealth(of: vdev, present: present, tops: tops)
        var record = Record(["kind": .text("\(vdev.kind)"), "state": .text(health.rawValue)])
        record.add("size", vdev.asize.map { .bytes($0) })
        record.add("ashift", vdev.ashift.map { .number($0) })
        record.add("class", Self.allocationClass(vdev).map { .text($0) })
        let found = vdev.guid.flatMap { pool.devices[$0]?.name }
        record.add("path", (found ?? vdev.path).map { .text($0) })
        if let path = vdev.path, found != nil, path != found {
            record.add("recorded_path", .text(path))
        }
        record.add("guid", vdev.guid.map { .guid($0) })
        return TreeNode(
            label, record,
            children: vdev.children.enumerated().map { index, child in
                node(child, label: Self.label(child, index))
            })
    }

    /// The last part of a leaf's path, or kind and number as zpool status has them.
    private static func label(_ vdev: VdevConfig, _ index: Int) -> String {
        if let path = vdev.path, let name = path.split(separator: "/").last { return String(name) }
        let parity = vdev.kind == .raidz || vdev.kind == .draid ? "\(vdev.parity)" : ""
        return "\(vdev.kind)\(parity)-\(vdev.id ?? UInt64(index))"
    }

    private static func allocationClass(_ vdev: VdevConfig) -> String? {
        vdev.isLog ? "log" : vdev.allocationBias.map { "\($0)" }
    }
}
