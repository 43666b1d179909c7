import Bytes
import Datasets
import Devices
import Files
import Objects
import Vdevs

/// The first round: every dnode and its attributes.
extension FilesystemAudit {
    /// Room for every object number that a block of dnodes stands for; nil where that takes too much memory.
    func planTable() -> ObjectTable? {
        struct Full: Error {}
        let perBlock = UInt64(set.dnodesPerBlock)
        var plan = ObjectTablePlan()
        do throws(Full) {
            try set.metaObject.tree.forEachPointer { step throws(Full) in
                guard case .pointer(_, level: 0, let index) = step else { return .into }
                let (first, overflow) = index.multipliedReportingOverflow(by: perBlock)
                guard !overflow else { return .past }
                plan.add(from: first, count: perBlock)
                guard plan.byteCount <= memory.left else { throw Full() }
                return .past
            }
        } catch {
            giveUp()
            return nil
        }
        guard memory.take(plan.byteCount) else {
            giveUp()
            return nil
        }
        return ObjectTable(plan.counts)
    }

    /// Visits the objects of one part of the table.
    func forEachObject(
        of part: ObjectTable.Part, _ body: (DMUObject) -> Void,
        damaged: (ClosedRange<UInt64>) -> Void = { _ in }
    ) {
        struct Past: Error {}
        do throws(Past) {
            try set.forEachDnode(from: max(1, part.first)) { visit throws(Past) in
                switch visit {
                case .object(let object):
                    guard object.number <= part.last, !isEnding else { throw Past() }
                    body(object)
                case .damaged(let range, _):
                    guard range.lowerBound <= part.last else { throw Past() }
                    damaged(range)
                }
            }
        } catch {
            // The next part begins.
        }
    }

    func readObjects(of part: ObjectTable.Part, into table: ObjectTable) {
        var share = Share()
        var count: UInt64 = 0
        forEachObject(of: part) { object in
            count += 1
            let attributes = read(object, into: table)
            if let directory = attributes?.attributeDirectory, directory != 0 {
                share.attributeOwners.append((object.number, directory))
            }
            account(object, attributes, in: &share.sums)
            if share.isLarge { add(&share) }
        } damaged: { range in
            share.unreadable.append(range)
        }
        context.meter.add(count)
        add(&share)
    }

    /// What one worker has read and not handed over yet.
    private struct Share {
        var sums = SpaceSums(limit: .max)
        var attributeOwners: [(owner: UInt64, directory: UInt64)] = []
        var unreadable: [ClosedRange<UInt64>] = []

        /// Whether it is time to hand it over, so that many threads don't keep the same owners many times.
        var isLarge: Bool { sums.count >= 4096 }
    }

    private func add(_ share: inout Share) {
        let count = share.attributeOwners.count + share.unreadable.count
        let own = share
        share = Share()
        // Both are arrays that are copied while they grow, to twice the size.
        guard memory.take(count * 3 * MemoryLayout<(UInt64, UInt64)>.size) else {
            giveUp()
            return
        }
        gather { gathered in
            gathered.sums.add(own.sums)
            gathered.attributeOwners += own.attributeOwners
            for range in own.unreadable { gathered.unreadable.insert(range) }
        }
    }

    /// Notes an object in the table, and checks its attributes where it is a file.
    private func read(_ object: DMUObject, into table: ObjectTable) -> ObjectAttributes? {
        var entry = ObjectEntry(state: .exists)
        defer { table.update(object.number) { [entry] in $0 = entry } }
        let isDirectory = object.type == .directory
        guard isDirectory || object.type == .plainFile else { return nil }
        entry.state.formUnion(isDirectory ? [.isFile, .isDirectory] : .isFile)
        entry.kind = isDirectory ? FileKind.directory.rawValue : 0
        let attributes: ObjectAttributes
        do throws(FilesError) {
            attributes = try filesystem.attributes(of: object)
        } catch {
            if !error.isUnreadableBlock {
                report(.attributeBuffer, object.number, ["cause": .text("\(error)")])
            }
            return nil
        }
        let isSound = AttributeAudit(self, object, attributes).run()
        entry.kind = isSound ? attributes.kind.rawValue : FileKind.unknown.rawValue
        entry.links = UInt32(clamping: attributes.links)
        entry.parent = attributes.parent
        if attributes.problems.isEmpty { entry.state.insert(.isKnown) }
        if attributes.flags.contains(.isExtendedAttribute) { entry.state.insert(.isAttribute) }
        return attributes
    }

    /// Mirrors `do_userquota_update` (`module/zfs/dmu_objset.c`): only objects that are flagged as counted are.
    private func account(
        _ object: DMUObject, _ attributes: ObjectAttributes?, in sums: inout SpaceSums
    ) {
        let dnode = object.dnode
        guard dnode.bonusType == .systemAttributes || dnode.bonusType == .znode,
            dnode.bonusLength > 0, dnode.flags.contains(.userUsedAccounted)
        else { return }
        guard let attributes, attributes.problems.isEmpty else {
            sums.unknownCount += 1
            return
        }
        let bytes = dnode.usedBytes &+ UInt64(Dnode.slotSize)
        let isObject = dnode.flags.contains(.userObjectUsedAccounted)
        sums.add(.user, attributes.user.rawValue, bytes: bytes, isObject: isObject)
        sums.add(.group, attributes.group.rawValue, bytes: bytes, isObject: isObject)
        sums.add(.project, attributes.project ?? 0, bytes: bytes, isObject: isObject)
        let isAlwaysFlagged = attributes.kind == .regular || attributes.kind == .directory
        if isAlwaysFlagged, object.number != filesystem.root,
            !attributes.flags.contains(.hasProject)
        {
            sums.hasFilesBeforeProjects = true
        }
    }

    /// Each directory of extended attributes belongs to the one file that names it, and says so itself.
    func claimAttributeDirectories(_ table: ObjectTable) {
        let (owners, unreadable) = gather { ($0.attributeOwners, $0.unreadable) }
        for (owner, directory) in owners where !unreadable.contains(directory) {
            let entry = table[directory]
            var flaw: String?
            if !entry.has(.exists) {
                flaw = "there is no such object"
            } else if !entry.has(.isDirectory) {
                flaw = "it is no directory"
            } else if entry.has(.isKnown) {
                if !entry.has(.isAttribute) {
                    flaw = "it is not flagged as one of attributes"
                } else if entry.parent != owner {
                    flaw = "it says that it belongs to object \(entry.parent)"
                }
            }
            if let flaw {
                report(
                    .attributeDirectory, owner, path: path(of: owner),
                    ["directory": .number(directory), "cause": .text(flaw)])
            }
            if entry.has([.isDirectory]), entry.has(.isAttribute) || !entry.has(.isKnown) {
                table.update(directory) { $0.state.insert(.isClaimed) }
            }
        }
    }
}
