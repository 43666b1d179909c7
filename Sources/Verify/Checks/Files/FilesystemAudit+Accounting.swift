import Bytes
import Datasets
import Files
import Objects

/// The books of who uses how much, against the sum of all files.
extension FilesystemAudit {
    func compareAccounts() {
        let flags = set.header.flags
        guard flags.contains(.userAccountingComplete) else { return }
        compare(.user, ObjectSet.userUsedObject, "userused")
        compare(.group, ObjectSet.groupUsedObject, "groupused")
        guard flags.contains(.projectQuotaComplete) else { return }
        compare(.project, ObjectSet.projectUsedObject, "projectused")
    }

    private func compare(_ subject: SpaceAccount.Subject, _ number: UInt64, _ table: String) {
        let what = "\(table) of \(dataset.name)"
        let (limit, isOmitted) = gather { ($0.sums.limit, $0.sums.omitted.contains(subject)) }
        guard !isOmitted else { return leaveForMemory(what) }
        let (sums, whyUnknown, isUpgraded) = gather { gathered in
            (
                gathered.sums.take(subject), gathered.accountsAreUnknown,
                gathered.sums.hasFilesBeforeProjects
            )
        }
        var stored: [UInt64: SpaceSums.Amount] = [:]
        do throws(ObjectError) {
            guard try take(ZAP(set.object(number)), table, &stored, limit: limit) else {
                return leaveForMemory(what)
            }
        } catch {
            guard error.reason == .notAllocated else {
                context.leaveUnchecked(what, "\(error)")
                return
            }
        }
        let differing =
            stored.filter { $0.value != sums[$0.key] ?? .init() }.map(\.key)
            + sums.keys.filter { stored[$0] == nil }
        for identity in differing.sorted() {
            let (own, expected) = (stored[identity], sums[identity])
            // Files of an upgraded file system were never added to project 0, but what they change is.
            if subject == .project, identity == 0, isUpgraded { continue }
            if let whyUnknown {
                context.leaveUnchecked(what, whyUnknown)
                return
            }
            reportDifference(table, identity, own ?? .init(), expected ?? .init())
        }
    }

    private func reportDifference(
        _ table: String, _ identity: UInt64, _ stored: SpaceSums.Amount, _ sum: SpaceSums.Amount
    ) {
        let name = String(identity, radix: 16)
        if stored.bytes != sum.bytes {
            report(
                .accountingMismatch, nil, key: "\(table)/\(name)",
                ["expected": .bytes(sum.bytes), "found": .bytes(stored.bytes)])
        }
        guard set.header.flags.contains(.userObjectAccountingComplete),
            stored.objects != sum.objects
        else { return }
        report(
            .accountingMismatch, nil, key: "\(table)/obj-\(name)",
            ["expected": .number(sum.objects), "found": .number(stored.objects)])
    }

    /// Reads what the table says; false where it has more than `limit` users, groups or projects.
    private func take(
        _ zap: ZAP, _ table: String, _ stored: inout [UInt64: SpaceSums.Amount], limit: Int
    ) throws(ObjectError) -> Bool {
        struct Full: Error {}
        let problems: [ZAPProblem]
        do throws(Full) {
            problems = try zap.forEachEntry { entry throws(Full) in
                take(entry, table, &stored)
                guard stored.count <= limit else { throw Full() }
            }
        } catch {
            return false
        }
        if let problem = problems.first(where: \.mayHideEntries) {
            throw ObjectError(
                object: zap.object.number, .format(FormatError("zap", .invalid(problem.what))))
        }
        return true
    }

    private func take(
        _ entry: ZAPEntry, _ table: String, _ stored: inout [UInt64: SpaceSums.Amount]
    ) {
        let name = entry.name
        let isObjects = name.hasPrefix("obj-")
        let digits = isObjects ? String(name.dropFirst(4)) : name
        guard let amount = entry.uint64, let identity = UInt64(digits, radix: 16),
            String(identity, radix: 16) == digits
        else {
            report(
                .accountingEntry, nil, key: "\(table)/\(name)",
                ["cause": "it is not a number under the number of somebody"])
            return
        }
        if isObjects {
            stored[identity, default: .init()].objects = amount
        } else {
            stored[identity, default: .init()].bytes = amount
        }
    }
}

extension FilesystemAudit.Gathered {
    /// Why the sums over all files are not whole; nil where they are.
    fileprivate var accountsAreUnknown: String? {
        if !unreadable.isEmpty { return "objects can't be read" }
        return sums.unknownCount > 0
            ? "the owners of \(sums.unknownCount) files can't be read" : nil
    }
}
