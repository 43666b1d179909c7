import Files

/// What the files of each user, group and project take, added up.
struct SpaceSums {
    /// What belongs to one of them.
    struct Amount: Hashable {
        var bytes: UInt64 = 0
        var objects: UInt64 = 0
    }

    private(set) var amounts: [SpaceAccount.Subject: [UInt64: Amount]] = [:]
    /// Files whose owner can't be read.
    var unknownCount = 0
    /// Whether there are files that were made before the file system knew projects.
    var hasFilesBeforeProjects = false

    mutating func add(
        _ subject: SpaceAccount.Subject, _ identity: UInt64, bytes: UInt64?, isObject: Bool
    ) {
        var amount = Amount()
        // Sound: a sum that overflows differs from any that the kernel keeps, which wraps alike.
        if let bytes { amount.bytes = bytes }
        if isObject { amount.objects = 1 }
        add(subject, identity, amount)
    }

    private mutating func add(
        _ subject: SpaceAccount.Subject, _ identity: UInt64, _ amount: Amount
    ) {
        let old = amounts[subject, default: [:]][identity] ?? Amount()
        amounts[subject, default: [:]][identity] = Amount(
            bytes: old.bytes &+ amount.bytes, objects: old.objects &+ amount.objects)
    }

    mutating func add(_ other: SpaceSums) {
        for (subject, own) in other.amounts {
            for (identity, amount) in own { add(subject, identity, amount) }
        }
        unknownCount += other.unknownCount
        hasFilesBeforeProjects = hasFilesBeforeProjects || other.hasFilesBeforeProjects
    }
}
