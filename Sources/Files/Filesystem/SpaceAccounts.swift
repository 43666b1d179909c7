import Objects

/// The file system's own books of who uses how much, with the quotas.
///
/// The used amounts are in three objects of the object set's header, quotas in objects that the master
/// node names. Mirrors `zfs_userspace_many` (`module/zfs/zfs_quota.c`).
package struct SpaceAccounts: Sendable {
    /// By subject, then by identity.
    package let accounts: [SpaceAccount]
    package let problems: [FilesProblem]

    /// Reads all books; one that is missing or damaged leaves the others readable.
    package init(of filesystem: Filesystem) {
        var books = Books(set: filesystem.objectSet)
        for (subject, number) in [
            (SpaceAccount.Subject.user, ObjectSet.userUsedObject),
            (.group, ObjectSet.groupUsedObject), (.project, ObjectSet.projectUsedObject),
        ] {
            books.takeUsed(subject, number)
        }
        for subject in SpaceAccount.Subject.allCases {
            let entries = filesystem.masterEntries
            if let number = entries["\(subject.rawValue)quota@"] {
                books.takeQuota(subject, number, \.byteQuota)
            }
            if let number = entries["\(subject.rawValue)objquota@"] {
                books.takeQuota(subject, number, \.objectQuota)
            }
        }
        accounts = books.accounts.values.sorted {
            ($0.subject.rawValue, $0.identity.rawValue) < (
                $1.subject.rawValue, $1.identity.rawValue
            )
        }
        problems = books.problems
    }

    /// The amounts as they are gathered.
    private struct Books {
        struct Key: Hashable {
            let subject: SpaceAccount.Subject
            let identity: FUID
        }

        let set: ObjectSet
        var accounts: [Key: SpaceAccount] = [:]
        var problems: [FilesProblem] = []

        init(set: ObjectSet) { self.set = set }

        /// Keys are identities in hexadecimal, behind `obj-` where objects are counted
        /// (`DMU_OBJACCT_PREFIX`).
        mutating func takeUsed(_ subject: SpaceAccount.Subject, _ number: UInt64) {
            take(subject, number) { name, amount, account in
                if name.hasPrefix("obj-") {
                    account.usedObjects = amount
                } else {
                    account.usedBytes = amount
                }
            }
        }

        mutating func takeQuota(
            _ subject: SpaceAccount.Subject, _ number: UInt64,
            _ limit: WritableKeyPath<SpaceAccount, UInt64?>
        ) {
            take(subject, number) { _, amount, account in account[keyPath: limit] = amount }
        }

        private mutating func take(
            _ subject: SpaceAccount.Subject, _ number: UInt64,
            _ body: (String, UInt64, inout SpaceAccount) -> Void
        ) {
            let zap: ZAP
            do throws(ObjectError) {
                zap = try ZAP(try set.object(number))
            } catch {
                if error.reason != .notAllocated {
                    problems.append(FilesProblem(object: number, "\(error)"))
                }
                return
            }
            let (entries, damage) = zap.contents()
            problems += damage.map { FilesProblem(object: number, $0.what) }
            for entry in entries {
                let name = entry.name
                let digits = name.hasPrefix("obj-") ? name.dropFirst(4) : name[...]
                guard let amount = entry.uint64, let raw = UInt64(digits, radix: 16) else {
                    problems.append(
                        FilesProblem(object: number, "the entry \(name) is no account"))
                    continue
                }
                let key = Key(subject: subject, identity: FUID(rawValue: raw))
                body(name, amount, &accounts[key, default: SpaceAccount(subject, key.identity)])
            }
        }
    }
}
