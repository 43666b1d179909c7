import Bytes
import Datasets
import Files
import Objects
import Vdevs
import Verify

/// The table that a file system begins with, and the registry of attributes.
extension FilesystemPlanner {
    mutating func planTables() {
        for problem in problems(.masterNode) { planMaster(problem) }
        for problem in problems(.attributeTables) { planRegistry(problem) }
    }

    private mutating func planMaster(_ problem: Problem) {
        guard let key = problem.location.key ?? missingRoot(problem) else { return }
        switch key {
        case "ROOT":
            guard filesystem.problems.contains(where: { $0.object == Filesystem.masterNode }),
                filesystem.root != 0
            else { return }
            setMaster(key, filesystem.root, problem)
        case "DELETE_QUEUE": setObject(key, .deleteQueue, problem)
        case "SA_ATTRS": setObject(key, .saMasterNode, problem)
        case "FUID": setObject(key, .fuidTable, problem, else: "owners of other domains")
        case "VERSION":
            guard filesystem.masterEntries["SA_ATTRS"] ?? 0 != 0 else { return }
            setMaster(key, 5, problem)
        case "casesensitivity", "normalization", "utf8only": planForm(key, problem)
        case "SHARES": setMaster(key, nil, problem)
        default:
            guard key.hasSuffix("quota@") else { return }
            setMaster(key, nil, problem, losses: [loss(problem, "the quotas in \(key)")])
        }
    }

    private func missingRoot(_ problem: Problem) -> String? {
        guard case .text(let cause)? = problem.evidence["cause"], cause.contains("ROOT") else {
            return nil
        }
        return "ROOT"
    }

    /// Lets an entry lead to the one object of that type that the file system has.
    private mutating func setObject(
        _ key: String, _ type: ObjectType, _ problem: Problem, else lost: String? = nil
    ) {
        var found: [UInt64] = []
        set.forEachDnode { visit in
            guard case .object(let object) = visit, object.type == type else { return }
            found.append(object.number)
        }
        if found.count == 1 {
            setMaster(key, found[0], problem)
        } else if let lost, found.isEmpty {
            setMaster(key, nil, problem, losses: [loss(problem, lost)])
        }
    }

    /// The ZAP of the root directory was made for the ways in which names are compared (`zfs_create_fs`).
    private mutating func planForm(_ key: String, _ problem: Problem) {
        guard let root = try? set.object(filesystem.root),
            let contents = try? ZAPContents(ObjectDraft(root))
        else { return }
        let folded = contents.builder.normalization & Self.foldsCase != 0
        let form = contents.builder.normalization & Self.forms
        switch key {
        case "casesensitivity": setMaster(key, folded ? 1 : 0, problem)
        case "normalization": setMaster(key, form, problem)
        default: setMaster(key, form == 0 ? 0 : 1, problem)
        }
    }

    /// `U8_TEXTPREP_TOUPPER`, and `U8_TEXTPREP_NFD` to `U8_TEXTPREP_NFKC`.
    private static let (foldsCase, forms): (UInt64, UInt64) = (0x2, 0xf0)

    private mutating func setMaster(
        _ key: String, _ value: UInt64?, _ problem: Problem, losses: [RepairLoss] = []
    ) {
        let what = value.map { "Set \(key) to \($0)" } ?? "Take \(key) away"
        steps.append(
            FileStep(
                [problem], "\(what) in the table that \(dataset.name) begins with", losses: losses
            ) { draft throws(RepairError) in
                try draft.set.edit(Filesystem.masterNode) { object throws(RepairError) in
                    try object.salvageZAP(setting: key, to: value)
                }
            })
    }

    /// Gives a known attribute back the length and the way of swapping that every file system has.
    private mutating func planRegistry(_ problem: Problem) {
        guard let number = problem.location.object, let key = problem.location.key,
            let known = AttributeName(registered: key), let object = try? set.object(number),
            let registry = try? ZAPContents(ObjectDraft(object))
        else { return }
        var taken: Set<UInt64> = []
        for entry in registry.entries where entry.key != .name([UInt8](key.utf8)) {
            if let word = entry.value.uint64 { taken.insert(word & 0xffff) }
        }
        let stored = registry.entry([UInt8](key.utf8))?.value.uint64
        let wanted = [stored.map { $0 & 0xffff }, UInt64(known.rawValue)].compactMap(\.self)
        guard let free = wanted.first(where: { !taken.contains($0) }) else { return }
        let word = UInt64(known.length) << 24 | Self.swap(known) << 16 | free
        steps.append(
            FileStep([problem], "Register \(key) in \(dataset.name) as every file system has it") {
                draft throws(RepairError) in
                try draft.set.edit(number) { object throws(RepairError) in
                    try object.editZAP(salvaging: true) { map throws(RepairError) in
                        try map.set(key, ZAPValue(word: word))
                    }
                }
            })
    }

    /// `sa_bswap_type_t` of each attribute in `zfs_attr_table` (`module/zfs/zfs_sa.c`).
    private static func swap(_ name: AttributeName) -> UInt64 {
        switch name {
        case .znodeACL, .symbolicLink, .scanStamp, .packedExtendedAttributes: 3
        case .aclEntries: 4
        default: 0
        }
    }
}
