import Bytes
import Datasets
import Files
import Objects
import Vdevs

/// Keeps the books of who uses how much of a file system right while its objects are edited.
///
/// Where all files can be read, the sums are those over all files; else what changes is added to what stands there. Mirrors
/// `userquota_cache` and `do_userquota_cacheflush` (`module/zfs/dmu_objset.c`).
struct OwnerLedger {
    private let set: ObjectSet
    private let filesystem: Filesystem
    /// What all objects that are not edited add up to; nil where some of them can't be read.
    private let others: OwnerSums?
    /// What the edited objects were charged for.
    private let before: OwnerSums
    /// Files were never added to project 0 when the file system learnt of projects, but what they change is.
    private var hasFilesBeforeProjects = false

    /// Nil where the object set keeps no such books.
    init?(_ draft: ObjectSetDraft) {
        set = draft.set
        guard set.type == .filesystem,
            set.header.flags.contains(.userAccountingComplete),
            let filesystem = try? Filesystem(set)
        else { return nil }
        self.filesystem = filesystem
        var others = OwnerSums()
        var before = OwnerSums()
        var isWhole = true
        var isUpgraded = false
        let perBlock = UInt64(set.dnodesPerBlock)
        set.forEachDnode { visit in
            switch visit {
            case .object(let object):
                guard draft.objects[object.number] == nil else {
                    _ = before.add(object, in: filesystem)
                    return
                }
                if !others.add(object, in: filesystem) { isWhole = false }
                if Self.isBeforeProjects(object, filesystem) { isUpgraded = true }
            case .damaged(let range, _):
                let isGivenUp =
                    draft.erased[range.lowerBound] != nil
                    || draft.objects[range.lowerBound] != nil
                    || draft.lostDnodeBlocks.contains(range.lowerBound / perBlock)
                        && draft.lostDnodeBlocks.contains(range.upperBound / perBlock)
                if !isGivenUp { isWhole = false }
            }
        }
        self.others = isWhole ? others : nil
        self.before = before
        hasFilesBeforeProjects = isUpgraded
    }

    private static func isBeforeProjects(_ object: DMUObject, _ filesystem: Filesystem) -> Bool {
        guard object.type == .plainFile || object.type == .directory,
            object.number != filesystem.root,
            let attributes = try? filesystem.attributes(of: object)
        else { return false }
        let isAlwaysFlagged = attributes.kind == .regular || attributes.kind == .directory
        return isAlwaysFlagged && !attributes.flags.contains(.hasProject)
    }

    /// Enters what the edited objects are charged for; `dnodes` has those that were written last.
    ///
    /// Returns the sums of the edited objects, by which it is seen when nothing changes any more.
    func enter(
        _ dnodes: [UInt64: [UInt8]], into draft: inout ObjectSetDraft
    ) throws(RepairError) -> OwnerSums {
        var after = OwnerSums()
        var areAllKnown = true
        for (number, object) in draft.objects
        where !object.isFreed && ObjectSetHeader.Layout.range(ofAccount: number) == nil {
            let head = try object.head(withDnode: dnodes[number])
            if !after.add(head, in: filesystem) { areAllKnown = false }
        }
        var tables = [ObjectSet.userUsedObject, ObjectSet.groupUsedObject]
        if set.header.flags.contains(.projectQuotaComplete) {
            tables.append(ObjectSet.projectUsedObject)
        }
        for table in tables where (try? set.object(table)) != nil {
            try enter(after, isWhole: areAllKnown, in: table, of: &draft)
        }
        return after
    }

    private func enter(
        _ after: OwnerSums, isWhole: Bool, in table: UInt64, of draft: inout ObjectSetDraft
    ) throws(RepairError) {
        var stored: [String: UInt64] = [:]
        for entry in try ZAPContents(try draft.object(table)).entries {
            guard case .name(let name) = entry.key, let amount = entry.value.uint64 else {
                continue
            }
            stored[String(decoding: name, as: UTF8.self)] = amount
        }
        let countsObjects = set.header.flags.contains(.userObjectAccountingComplete)
        var changes: [String: UInt64] = [:]
        let sums = (others?.names(in: table) ?? []).union(before.names(in: table))
        for name in sums.union(after.names(in: table)).union(stored.keys.filter(Self.isAccount))
        where countsObjects || !name.hasPrefix("obj-") {
            let old = stored[name] ?? 0
            let isOpen =
                table == ObjectSet.projectUsedObject && hasFilesBeforeProjects
                && (name == "0" || name == "obj-0")
            let new: UInt64
            if let others, isWhole, !isOpen {
                new = others[table, name] &+ after[table, name]
            } else {
                new = old &- before[table, name] &+ after[table, name]
            }
            if new != old { changes[name] = new }
        }
        guard !changes.isEmpty else { return }
        let final = changes
        try draft.edit(table) { object throws(RepairError) in
            try object.editZAP(salvaging: true) { map throws(RepairError) in
                for (name, amount) in final.sorted(by: { $0.key < $1.key }) {
                    let bytes = [UInt8](name.utf8)
                    if amount == 0 {
                        map.remove { $0.key == .name(bytes) }
                    } else {
                        try map.set(name, ZAPValue(word: amount))
                    }
                }
            }
        }
    }

    /// Whether an entry's name is that of an account.
    private static func isAccount(_ name: String) -> Bool {
        let digits = name.hasPrefix("obj-") ? String(name.dropFirst(4)) : name
        return UInt64(digits, radix: 16).map { String($0, radix: 16) } == digits
    }
}
