import Files

/// What the files of each user, group and project take, added up.
struct SpaceSums {
    /// What belongs to one of them.
    struct Amount: Hashable {
        var bytes: UInt64 = 0
        var objects: UInt64 = 0
    }

    private var amounts: [SpaceAccount.Subject: [UInt64: Amount]] = [:]
    /// How many users, groups and projects are kept in all.
    private(set) var count = 0
    /// How many may be.
    let limit: Int
    /// Those of which there were too many, so that none is kept.
    private(set) var omitted: Set<SpaceAccount.Subject> = []
    /// Files whose owner can't be read.
    var unknownCount = 0
    /// Whether there are files that were made before the file system knew projects.
    var hasFilesBeforeProjects = false

    /// What one of them takes at most, while the tables grow and while they are compared, in bytes.
    static let bytesPerOwner = 256

    init(limit: Int) { self.limit = limit }

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
        guard omitted.isEmpty || !omitted.contains(subject) else { return }
        let known = amounts[subject]?[identity]
        if known == nil {
            guard count < limit else {
                omit(subject)
                return
            }
            count += 1
        }
        let old = known ?? Amount()
        amounts[subject, default: [:]][identity] = Amount(
            bytes: old.bytes &+ amount.bytes, objects: old.objects &+ amount.objects)
    }

    private mutating func omit(_ subject: SpaceAccount.Subject) {
        omitted.insert(subject)
        _ = take(subject)
    }

    mutating func add(_ other: SpaceSums) {
        for (subject, own) in other.amounts {
            for (identity, amount) in own { add(subject, identity, amount) }
        }
        unknownCount += other.unknownCount
        hasFilesBeforeProjects = hasFilesBeforeProjects || other.hasFilesBeforeProjects
    }

    /// Hands out the sums of all users, groups or projects and forgets them.
    mutating func take(_ subject: SpaceAccount.Subject) -> [UInt64: Amount] {
        let own = amounts.removeValue(forKey: subject) ?? [:]
        count -= own.count
        return own
    }
}
