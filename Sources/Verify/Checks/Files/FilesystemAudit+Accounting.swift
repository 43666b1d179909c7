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
        let (sums, whyUnknown, isUpgraded) = gather { gathered in
            (
                gathered.sums.amounts[subject] ?? [:], gathered.accountsAreUnknown,
                gathered.sums.hasFilesBeforeProjects
            )
        }
        var stored: [UInt64: SpaceSums.Amount] = [:]
        do throws(ObjectError) {
            try take(ZAP(set.object(number)), table, &stored)
        } catch {
            guard error.reason == .notAllocated else {
                context.leaveUnchecked("\(table) of \(dataset.name)", "\(error)")
                return
            }
        }
        for identity in Set(sums.keys).union(stored.keys).sorted() {
            let (own, expected) = (stored[identity], sums[identity])
            guard own != expected ?? .init() || expected == nil && own != .init() else { continue }
            // Files of an upgraded file system were never added to project 0, but what they change is.
            if subject == .project, identity == 0, isUpgraded { continue }
            if let whyUnknown {
                context.leaveUnchecked("\(table) of \(dataset.name)", whyUnknown)
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

    private func take(
        _ zap: ZAP, _ table: String, _ stored: inout [UInt64: SpaceSums.Amount]
    ) throws(ObjectError) {
        let (entries, problems) = zap.contents()
        if let problem = problems.first(where: \.mayHideEntries) {
            throw ObjectError(
                object: zap.object.number, .format(FormatError("zap", .invalid(problem.what))))
        }
        for entry in entries {
            let name = entry.name
            let isObjects = name.hasPrefix("obj-")
            let digits = isObjects ? String(name.dropFirst(4)) : name
            guard let amount = entry.uint64, let identity = UInt64(digits, radix: 16),
                String(identity, radix: 16) == digits
            else {
                report(
                    .accountingEntry, nil, key: "\(table)/\(name)",
                    ["cause": "it is not a number under the number of somebody"])
                continue
            }
            if isObjects {
                stored[identity, default: .init()].objects = amount
            } else {
                stored[identity, default: .init()].bytes = amount
            }
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
