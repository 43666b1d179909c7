extension ZAP {
    /// How much of a table may be held in memory.
    package struct Limit: Sendable {
        package let entries: Int
        /// Of keys and values together.
        package let bytes: Int

        package init(entries: Int, bytes: Int) {
            self.entries = entries
            self.bytes = bytes
        }

        /// For tables that are small by their nature: a hundred thousand snapshots of one dataset are a tenth of it.
        package static let held = Limit(entries: 1 << 20, bytes: 64 << 20)
    }

    /// All entries together with what is wrong with the ZAP; throws where there is more than `limit`.
    package func contents(
        within limit: Limit
    ) throws(ObjectError) -> (entries: [ZAPEntry], problems: [ZAPProblem]) {
        var entries: [ZAPEntry] = []
        var bytes = 0
        let problems = try forEachEntry { entry throws(ObjectError) in
            bytes += entry.key.byteCount + entry.value.count * entry.integerSize
            guard entries.count < limit.entries, bytes <= limit.bytes else {
                throw ObjectError(
                    object: object.number,
                    .limit(
                        "the table has more than \(limit.entries) entries or \(limit.bytes) bytes"))
            }
            entries.append(entry)
        }
        return (entries, problems)
    }
}

extension ZAPEntry.Key {
    fileprivate var byteCount: Int {
        switch self {
        case .name(let bytes): bytes.count
        case .words(let words): words.count * 8
        }
    }
}
