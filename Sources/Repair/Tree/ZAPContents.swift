import Bytes
package import Objects

/// What a ZAP holds, taken out so that it can be changed and put together anew: everything that can be read of it, sound or
/// not.
///
/// Entries keep their order; of two with one name the first stays. Hashes are computed again, so that an entry whose hash or
/// bucket was wrong is found afterwards.
package struct ZAPContents: Sendable {
    /// Something that could not be kept.
    package struct Loss: Sendable, Hashable {
        /// The entry's name; nil where that is not known.
        package let name: String?
        /// Its value, where that is one number.
        package let value: UInt64?
        /// A sentence without a full stop.
        package let why: String
    }

    package private(set) var entries: [ZAPBuilder.Entry] = []
    package private(set) var losses: [Loss] = []
    package let builder: ZAPBuilder
    package let isMicro: Bool
    /// Whether damage may hide entries, which would be lost when the ZAP is written anew.
    package private(set) var isIncomplete = false
    /// Names whose hashes only Unicode's tables would tell, so that they can't move to a table of leaves.
    private(set) var hasUnknownHashes = false
    private let hash: ZAPHash
    let object: UInt64
    private var known: Set<ZAPEntry.Key> = []

    /// A ZAP of that form without entries, whatever the object holds now.
    init(emptying object: UInt64, _ builder: ZAPBuilder, isMicro: Bool) {
        self.object = object
        self.builder = builder
        self.isMicro = isMicro
        hash = ZAPHash(
            salt: builder.salt, flags: builder.flags, normalization: builder.normalization)
    }

    /// Takes out what the object is going to hold; throws where not even the kind of ZAP can be told.
    ///
    /// `normalization` is what to begin with where the head of the ZAP is lost.
    package init(_ draft: ObjectDraft, normalization own: UInt64 = 0) throws(RepairError) {
        object = draft.number
        guard let zap = try Self.zap(draft, normalization: own) else {
            isMicro = true
            isIncomplete = true
            builder = ZAPBuilder(
                salt: Self.newSalt(draft.number), flags: [], normalization: own,
                order: draft.order)
            hash = ZAPHash(salt: builder.salt, flags: [], normalization: own)
            return
        }
        isMicro = zap.isMicro
        let flags: ZAPFlags
        let salt: UInt64
        let normalization: UInt64
        switch zap.form {
        case .micro(let micro):
            (salt, flags, normalization) = (micro.salt, [], micro.normalization)
        case .fat(let header):
            (salt, normalization) = (header.salt, header.normalization)
            // Only tables of words have long hashes, or hashes that are made before.
            let known: ZAPFlags = [.hash64, .wordKeys, .preHashedKeys]
            flags = header.flags.contains(.wordKeys) ? header.flags.intersection(known) : []
        }
        // A salt is odd (`mzap_create_impl`), and flags that nobody knows are nobody's.
        builder = ZAPBuilder(
            salt: salt | 1, flags: flags,
            normalization: normalization & ZAPHash.knownNormalization,
            order: try draft.order(ofBlock: 0))
        hash = ZAPHash(
            salt: builder.salt, flags: flags, normalization: builder.normalization)
        var stored: [ZAPEntry] = []
        let problems = zap.forEachEntry { stored.append($0) }
        isIncomplete = problems.contains(where: \.mayHideEntries)
        for entry in stored { take(entry) }
        for problem in problems where Self.hidesEntries(problem.kind) {
            losses.append(Loss(name: problem.name, value: nil, why: problem.what))
        }
        guard !hasUnknownHashes || isMicro || builder.salt == salt else {
            throw .unsupported(
                "the ZAP of object \(object) has names whose hashes are not known, and its salt is damaged"
            )
        }
    }

    private static func hidesEntries(_ kind: ZAPProblem.Kind) -> Bool {
        switch kind {
        case .unreadable, .leafHeader, .badEntry, .chainBroken, .missingLeaf: true
        default: false
        }
    }

    private mutating func take(_ entry: ZAPEntry) {
        if case .name(let name) = entry.key {
            if isMicro, name.count >= MicroZAP.Layout.nameSize {
                return lose(entry, "its name has no end")
            }
            if name.isEmpty { return lose(entry, "it has no name") }
        }
        guard known.insert(entry.key).inserted else {
            return lose(entry, "another entry has the same name")
        }
        entries.append(
            ZAPBuilder.Entry(entry.key, entry.value, hash: hashed(entry.key) ?? entry.hash))
    }

    private mutating func hashed(_ key: ZAPEntry.Key) -> UInt64? {
        switch key {
        case .words(let words): return hash.hash(words: words)
        case .name(let name):
            let found = hash.hash(name: name)
            if found == nil { hasUnknownHashes = true }
            return found
        }
    }

    private mutating func lose(_ entry: ZAPEntry, _ why: String) {
        losses.append(Loss(name: entry.name, value: entry.uint64, why: why))
    }
}

extension ZAPContents {
    /// The entry of that name.
    package func entry(_ name: [UInt8]) -> ZAPBuilder.Entry? {
        known.contains(.name(name)) ? entries.first { $0.key == .name(name) } : nil
    }

    /// Gives the entry of that key a value, and makes it where there is none.
    ///
    /// Throws `unsupported` for a new name in a table of leaves whose place there only Unicode's tables would tell.
    package mutating func set(_ key: ZAPEntry.Key, _ value: ZAPValue) throws(RepairError) {
        guard !known.contains(key) else {
            if let place = entries.firstIndex(where: { $0.key == key }) {
                entries[place] = ZAPBuilder.Entry(key, value, hash: entries[place].hash)
            }
            return
        }
        let hashed = hashed(key)
        guard isMicro || hashed != nil else {
            throw .unsupported("where a name that is not plain ASCII belongs can't be told")
        }
        known.insert(key)
        entries.append(ZAPBuilder.Entry(key, value, hash: hashed ?? 0))
    }

    /// The same for a name.
    package mutating func set(_ name: String, _ value: ZAPValue) throws(RepairError) {
        try set(.name([UInt8](name.utf8)), value)
    }

    /// Takes out every entry for which `isUnwanted` says so; returns how many there were.
    @discardableResult
    package mutating func remove(_ isUnwanted: (ZAPBuilder.Entry) -> Bool) -> Int {
        let before = entries.count
        entries.removeAll { entry in
            guard isUnwanted(entry) else { return false }
            known.remove(entry.key)
            return true
        }
        return before - entries.count
    }

    /// Takes out the entry of a name, which is as reports have it; nothing happens where it is not there.
    package mutating func remove(_ name: String) {
        remove { entry in
            guard case .name(let bytes) = entry.key else { return false }
            return String(decoding: bytes, as: UTF8.self) == name
        }
    }
}
