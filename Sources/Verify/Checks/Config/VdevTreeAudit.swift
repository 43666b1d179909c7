import Bytes
import Vdevs

/// Whether the numbers of a vdev tree are possible, and fit each other.
struct VdevTreeAudit {
    struct Complaint {
        /// The place in the tree: `vdev_tree.children[2].ashift`.
        let path: String
        /// The number of the top-level vdev.
        let vdev: UInt64?
        let cause: String
        let found: Record.Value
    }

    private(set) var complaints: [Complaint] = []
    private var seen: [GUID: String] = [:]

    init(_ root: VdevConfig) {
        for (index, top) in root.children.enumerated() {
            let path = "\(ConfigKey.vdevTree).\(ConfigKey.children)[\(index)]"
            check(top, path, index: index, top: UInt64(index))
            if top.kind != .hole && top.kind != .missing { checkTop(top, path, UInt64(index)) }
        }
    }

    private mutating func note(
        _ path: String, _ top: UInt64, _ cause: String, _ found: Record.Value
    ) {
        complaints.append(Complaint(path: path, vdev: top, cause: cause, found: found))
    }

    private mutating func check(_ vdev: VdevConfig, _ path: String, index: Int, top: UInt64) {
        if vdev.id != UInt64(index) {
            note(
                "\(path).\(ConfigKey.id)", top, "it stands at place \(index)",
                vdev.id.map(Record.Value.word) ?? .none)
        }
        if let guid = vdev.guid, guid.rawValue != 0 {
            if let other = seen[guid] {
                note("\(path).\(ConfigKey.guid)", top, "\(other) has it too", .guid(guid))
            }
            seen[guid] = path
        } else if vdev.kind != .hole && vdev.kind != .missing {
            note("\(path).\(ConfigKey.guid)", top, "a vdev needs a GUID", .none)
        }
        checkShape(vdev, path, top)
        for (index, child) in vdev.children.enumerated() {
            check(child, "\(path).\(ConfigKey.children)[\(index)]", index: index, top: top)
        }
    }

    /// How many children and how much parity a kind of vdev can have.
    private mutating func checkShape(_ vdev: VdevConfig, _ path: String, _ top: UInt64) {
        let count = UInt64(vdev.children.count)
        switch vdev.kind {
        case .raidz, .draid:
            if !(1...3).contains(vdev.parity) || vdev.parity >= count {
                note(
                    "\(path).\(ConfigKey.parity)", top, "it has \(count) children",
                    .word(vdev.parity))
            }
        case .mirror, .replacing, .spare:
            if count == 0 { note(path, top, "it has no children", .none) }
        default:
            if vdev.isLeaf && count > 0 {
                note(path, top, "a device has no children", .number(count))
            }
        }
    }

    private mutating func checkTop(_ vdev: VdevConfig, _ path: String, _ top: UInt64) {
        if let ashift = vdev.ashift, !(9...16).contains(ashift) {
            note("\(path).\(ConfigKey.ashift)", top, "9 to 16 are possible", .word(ashift))
        }
        guard vdev.kind != .indirect, let shift = vdev.metaslabShift, let asize = vdev.asize else {
            return
        }
        if shift != 0, shift >= 64 || shift < (vdev.ashift ?? 9) {
            note(
                "\(path).\(ConfigKey.metaslabShift)", top, "a metaslab has many sectors",
                .word(shift))
        } else if shift != 0, asize >> shift == 0 {
            note("\(path).\(ConfigKey.asize)", top, "it has not one whole metaslab", .bytes(asize))
        }
    }
}
