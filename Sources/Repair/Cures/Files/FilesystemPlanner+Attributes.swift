import Bytes
import Datasets
import Files
import Objects
import Vdevs
import Verify

/// Attributes of single files.
extension FilesystemPlanner {
    mutating func planAttributes() {
        for problem in problems(.fileMode) { planMode(problem) }
        var seen: Set<UInt64> = []
        for problem in problems(.fileAttribute) {
            guard let object = problem.location.object, seen.insert(object).inserted else {
                continue
            }
            planValues(object, problems(.fileAttribute).filter { $0.location.object == object })
        }
        for problem in problems(.projectFlag) {
            edit(problem, "Take the flag of a project from \(place(problem))") { attributes in
                [.word(.flags, attributes.flags.subtracting(.hasProject).rawValue)]
            }
        }
        for problem in problems(.attributeList) { planPackedAttributes(problem) }
        for problem in problems(.attributeDirectory) where !isReattached(problem) {
            edit(
                problem, "Take the extended attributes of \(place(problem)) away",
                losses: [loss(problem, "its directory of extended attributes can't be one")]
            ) { _ in [.word(.extendedAttributes, 0)] }
        }
        for problem in problems(.accessList) { planAccess(problem) }
        for problem in problems(.attributeBuffer) { planBuffer(problem) }
    }

    /// One value that an attribute is given.
    enum AttributeChange {
        case word(AttributeName, UInt64, index: Int = 0)
        case bytes(AttributeName, [UInt8])
    }

    private func isReattached(_ problem: Problem) -> Bool {
        steps.contains { $0.problems.contains(problem) }
    }

    /// Adds a step that changes attributes of a file, if `changes` has any.
    private mutating func edit(
        _ problem: Problem, _ what: String, losses: [RepairLoss] = [], and others: [Problem] = [],
        _ changes: (ObjectAttributes) -> [AttributeChange]
    ) {
        guard let number = problem.location.object, let object = try? set.object(number),
            let attributes = try? filesystem.attributes(of: object)
        else { return }
        let changes = changes(attributes)
        guard !changes.isEmpty else { return }
        let tables = filesystem.systemAttributes
        steps.append(
            FileStep(others.isEmpty ? [problem] : others, what, losses: losses) {
                draft throws(RepairError) in
                try draft.set.edit(number) { object throws(RepairError) in
                    for change in changes {
                        switch change {
                        case .word(let name, let value, let index):
                            try object.setAttribute(name, value, word: index, tables)
                        case .bytes(let name, let bytes):
                            try object.setAttribute(name, bytes: bytes, tables)
                        }
                    }
                }
            })
    }

    /// The object's own type tells whether it is a directory; of other files the entry that leads there tells the kind.
    private mutating func planMode(_ problem: Problem) {
        guard let number = problem.location.object, let object = try? set.object(number) else {
            return
        }
        let told = names[number].first { $0.kind != .unknown && $0.kind != .directory }?.kind
        edit(problem, "Set the kind in the mode of \(place(problem))") { attributes in
            var kind = told ?? (attributes.symlinkTarget == nil ? .regular : .symlink)
            if object.type == .directory { kind = .directory }
            let mode = attributes.mode & 0o7777 | UInt64(kind.rawValue) << 12
            return [.word(.mode, mode)]
        }
    }

    private mutating func planValues(_ number: UInt64, _ own: [Problem]) {
        guard let problem = own.first, let object = try? set.object(number) else { return }
        edit(
            problem, "Set attributes of \(place(problem)) that can't be to values that can",
            and: own
        ) { attributes in
            var changes: [AttributeChange] = []
            for (name, time) in [
                (AttributeName.accessTime, attributes.accessTime),
                (.modificationTime, attributes.modificationTime),
                (.changeTime, attributes.changeTime), (.creationTime, attributes.creationTime),
            ] where time.nanoseconds > 999_999_999 {
                changes.append(.word(name, 0, index: 1))
            }
            if attributes.device.rawValue != 0, !attributes.kind.isDevice {
                changes.append(.word(.device, 0))
            }
            if attributes.kind == .symlink, let target = attributes.symlinkTarget,
                attributes.size != UInt64(target.count),
                attributes.size != UInt64(max(1, target.count) - 1)
            {
                changes.append(.word(.size, UInt64(target.count)))
            } else if attributes.size > UInt64(Int64.max) {
                changes.append(.word(.size, min(object.byteCount, UInt64(Int64.max))))
            }
            return changes
        }
    }

    /// Keeps the attributes that can be unpacked, in the bytes that there are.
    private mutating func planPackedAttributes(_ problem: Problem) {
        guard let number = problem.location.object, let object = try? set.object(number),
            let attributes = try? filesystem.attributes(of: object),
            let packed = attributes.extendedAttributes
        else { return }
        var kept: [NVPair] = []
        if let decoding = try? NVList.decode(packed.rawBytes) {
            kept = decoding.list.pairs.filter { pair in
                switch pair.value {
                case .byteArray, .uint8Array: true
                default: false
                }
            }
        }
        while true {
            guard let encoded = try? NVList(kept).encodedXDR(order: .little) else { return }
            if encoded.count <= packed.count {
                let zeros = [UInt8](repeating: 0, count: packed.count - encoded.count)
                let bytes = encoded + zeros
                edit(
                    problem, "Keep \(kept.count) extended attributes of \(place(problem))",
                    losses: [loss(problem, "extended attributes that can't be unpacked")]
                ) { _ in [.bytes(.packedExtendedAttributes, bytes)] }
                return
            }
            guard kept.popLast() != nil else { return }
        }
    }

    /// An owner whom nobody knows becomes nobody; a list whose entries are whole gets their number; any other list becomes
    /// what the mode says.
    private mutating func planAccess(_ problem: Problem) {
        guard let number = problem.location.object, let object = try? set.object(number),
            let attributes = try? filesystem.attributes(of: object)
        else { return }
        let domains = filesystem.domains
        for (name, who) in [(AttributeName.user, attributes.user), (.group, attributes.group)]
        where !who.isPOSIX && domains.domain(who.domainIndex) == nil {
            edit(
                problem,
                "Give \(place(problem)) to nobody, since its owner is of an unknown domain",
                losses: [loss(problem, "its owner \(who) is of an unknown domain")]
            ) { _ in [.word(name, Self.nobody)] }
            return
        }
        guard case .entries(let bytes, let count, let order) = attributes.acl else { return }
        let all = AccessList(bytes.rawBytes, count: UInt64(bytes.count / 8), isOld: false, order)
        let needed = all.entries.reduce(0) { $0 + $1.byteCount }
        let areKnown = all.entries.allSatisfy { entry in
            entry.isAbstract || entry.who.isPOSIX
                || domains.domain(entry.who.domainIndex) != nil
        }
        if needed == bytes.count, areKnown, UInt64(all.entries.count) != count {
            edit(problem, "Count the entries of the access list of \(place(problem))") { _ in
                [.word(.aclCount, UInt64(all.entries.count))]
            }
        } else if let list = PlainAccessList.bytes(
            mode: attributes.mode, isDirectory: object.type == .directory, count: bytes.count,
            order)
        {
            let flags = attributes.flags.union(.hasTrivialACL).rawValue
            edit(
                problem, "Give \(place(problem)) the access list that its mode implies",
                losses: [loss(problem, "its access control list can't be decoded")]
            ) { _ in
                [
                    .bytes(.aclEntries, list), .word(.aclCount, UInt64(list.count / 8)),
                    .word(.flags, flags),
                ]
            }
        }
    }

    /// `UID_NOBODY`.
    private static let nobody: UInt64 = 65534

    /// Tries what the head of the attributes can have said: only one layout fits what stands there.
    private mutating func planBuffer(_ problem: Problem) {
        guard let number = problem.location.object, let object = try? set.object(number),
            object.dnode.bonusType == .systemAttributes,
            let head = AttributeHead.found(for: object, filesystem)
        else { return }
        steps.append(
            FileStep([problem], "Write the head of the attributes of \(place(problem)) anew") {
                draft throws(RepairError) in
                try draft.set.edit(number) { object throws(RepairError) in
                    try object.editBonus { bytes throws(FormatError) in
                        bytes.replaceSubrange(0..<head.count, with: head)
                    }
                }
            })
    }
}
