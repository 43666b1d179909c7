import Files
import Objects
import Vdevs

/// What files take, added up for each table of accounts by the names that its entries have: an identity in hexadecimal,
/// behind `obj-` where objects are counted.
struct OwnerSums: Hashable {
    private(set) var amounts: [UInt64: [String: UInt64]] = [:]

    /// Adds what one object is charged for, if it is (`do_userquota_update`, `module/zfs/dmu_objset.c`).
    ///
    /// Returns false where it is charged and nobody can tell for whom.
    mutating func add(_ object: DMUObject, in filesystem: Filesystem) -> Bool {
        let dnode = object.dnode
        guard dnode.bonusType == .systemAttributes || dnode.bonusType == .znode,
            dnode.bonusLength > 0, dnode.flags.contains(.userUsedAccounted)
        else { return true }
        guard let attributes = try? filesystem.attributes(of: object), attributes.problems.isEmpty
        else { return false }
        let bytes = dnode.usedBytes &+ UInt64(Dnode.slotSize)
        let isObject = dnode.flags.contains(.userObjectUsedAccounted)
        for (table, identity) in [
            (ObjectSet.userUsedObject, attributes.user.rawValue),
            (ObjectSet.groupUsedObject, attributes.group.rawValue),
            (ObjectSet.projectUsedObject, attributes.project ?? 0),
        ] {
            let name = String(identity, radix: 16)
            amounts[table, default: [:]][name, default: 0] &+= bytes
            if isObject { amounts[table, default: [:]]["obj-\(name)", default: 0] &+= 1 }
        }
        return true
    }

    subscript(_ table: UInt64, _ name: String) -> UInt64 { amounts[table]?[name] ?? 0 }

    func names(in table: UInt64) -> Set<String> { Set((amounts[table] ?? [:]).keys) }
}
