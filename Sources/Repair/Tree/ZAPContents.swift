import Bytes
package import Objects

/// What a ZAP holds, taken out so that it can be put together anew: everything that can be read of it, sound or not.
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
    /// Names whose hashes only Unicode's tables would tell, so that they can't move to a table of leaves.
    private var hasUnknownHashes = false
    private let hash: ZAPHash
    private let object: UInt64
    private var known: Set<ZAPEntry.Key> = []

    /// Takes out what the object is going to hold; throws where not even the kind of ZAP can be told.
    ///
    /// `normalization` is what to begin with where the head of the ZAP is lost.
    package init(_ draft: ObjectDraft, normalization own: UInt64 = 0) throws(RepairError) {
        object = draft.number
        guard let zap = try Self.zap(draft, normalization: own) else {
            isMicro = true
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
    /// The ZAP as it is; where its first words are damaged, as it would be with the right ones; nil where all of it is lost.
    private static func zap(
        _ draft: ObjectDraft, normalization: UInt64
    ) throws(RepairError) -> ZAP? {
        let plain = try draft.contents()
        let cause: ObjectError
        do throws(ObjectError) {
            return try ZAP(plain)
        } catch {
            cause = error
        }
        var mended = draft
        let isSingle = try draft.decoded().maximumBlockID == 0
        guard case .format = cause.reason else {
            guard !isSingle else { return nil }
            try mended.setBlock(0, try head(of: draft, normalization: normalization))
            let object = try mended.contents()
            return try RepairError.object { () throws(ObjectError) in try ZAP(object) }
        }
        try mended.editBlock(0) { (bytes, order) throws(FormatError) in
            if isSingle {
                try MicroZAP.Layout.type.write(MicroZAP.Layout.blockType, into: &bytes, order)
            } else {
                typealias Layout = FatZAPHeader.Layout
                try Layout.type.write(Layout.blockType, into: &bytes, order)
                try Layout.magic.write(Layout.magicNumber, into: &bytes, order)
            }
        }
        let object = try mended.contents()
        return try RepairError.object { () throws(ObjectError) in try ZAP(object) }
    }

    /// A head that leads to no leaf, so that every leaf is looked at by itself.
    private static func head(
        of draft: ObjectDraft, normalization: UInt64
    ) throws(RepairError) -> [UInt8] {
        let (size, order, number) = (try draft.blockSize, draft.order, draft.number)
        let end = try draft.decoded().maximumBlockID &+ 1
        return try RepairError.format(of: number) { () throws(FormatError) in
            typealias Layout = FatZAPHeader.Layout
            var bytes = [UInt8](repeating: 0, count: size)
            try Layout.type.write(Layout.blockType, into: &bytes, order)
            try Layout.magic.write(Layout.magicNumber, into: &bytes, order)
            let shift = UInt64(max(4, size.trailingZeroBitCount) - 4)
            try Layout.tableShift.write(shift, into: &bytes, order)
            try Layout.freeBlock.write(end, into: &bytes, order)
            try Layout.salt.write(newSalt(number), into: &bytes, order)
            try Layout.normalization.write(normalization, into: &bytes, order)
            return bytes
        }
    }

    /// Any odd number will do (`mzap_create_impl`).
    private static func newSalt(_ number: UInt64) -> UInt64 {
        (number &+ 1) &* 0x9e37_79b9_7f4a_7c15 | 1
    }

    /// The entry of that name.
    package func entry(_ name: [UInt8]) -> ZAPBuilder.Entry? {
        known.contains(.name(name)) ? entries.first { $0.key == .name(name) } : nil
    }

    /// Gives the entry of that name a value, and makes it where there is none.
    package mutating func set(_ name: [UInt8], _ value: ZAPValue) {
        let key = ZAPEntry.Key.name(name)
        let entry = ZAPBuilder.Entry(key, value, hash: hashed(key) ?? 0)
        if known.insert(key).inserted {
            entries.append(entry)
        } else if let place = entries.firstIndex(where: { $0.key == key }) {
            entries[place] = ZAPBuilder.Entry(key, value, hash: entries[place].hash)
        }
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

    /// Writes the ZAP anew; throws where a name would have to move whose hash is not known.
    package func write(into draft: inout ObjectDraft) throws(RepairError) {
        if isMicro, hasUnknownHashes {
            let (size, number) = (try draft.blockSize, object)
            let block = try RepairError.format(of: number) { () throws(FormatError) in
                try builder.micro(entries, size: size)
            }
            guard block != nil else {
                throw .unsupported(
                    "the ZAP of object \(number) would have to grow, and the hashes of its names are not known"
                )
            }
        }
        try draft.rebuildZAP(entries, builder, isMicro: isMicro)
    }
}

extension ObjectDraft {
    /// Changes a ZAP of whatever kind, which is written anew as a whole.
    package mutating func remakeZAP(
        _ change: (inout ZAPContents) throws(RepairError) -> Void
    ) throws(RepairError) {
        var contents = try ZAPContents(self)
        try change(&contents)
        try contents.write(into: &self)
    }

    /// Gives an entry of a ZAP of whatever kind one word as its value; nil takes it out.
    package mutating func remakeEntry(_ name: String, _ word: UInt64?) throws(RepairError) {
        let key = [UInt8](name.utf8)
        try remakeZAP { map throws(RepairError) in
            if let word {
                map.set(key, ZAPValue(word: word))
            } else {
                map.remove { $0.key == .name(key) }
            }
        }
    }
}
