import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs

/// What opened pools say, against zdb, zpool and zfs.
@Suite struct PoolCorpusTests {
    @Test("the pool opens at zdb's uberblock without a complaint", arguments: CorpusPool.all)
    func opens(corpus: CorpusPool) throws {
        let pool = try corpus.open()
        #expect(pool.name == corpus.name)
        #expect(pool.txg.rawValue == corpus.facts["uberblock"]["txg"].unsigned)
        _ = try pool.datasets()
        let damage = pool.notes.all.filter { $0.kind == .damage }
        #expect(damage.isEmpty)
    }

    @Test("the configuration is zdb -C's", arguments: CorpusPool.all(with: "config"))
    func config(corpus: CorpusPool) throws {
        let config = try #require(try corpus.open().config)
        #expect(Differences.between(config.list.json, corpus.facts["config"]).isEmpty)
    }

    @Test("features have zdb's reference counts", arguments: CorpusPool.all(with: "features"))
    func features(corpus: CorpusPool) throws {
        let ours = try corpus.open().features.list.map { feature in
            JSONValue.object([
                "guid": .string(feature.guid), "refcount": .unsigned(feature.references),
                "for": .string(feature.isNeededForReading ? "read" : "write"),
            ])
        }
        let sorted = ours.sorted { ($0["guid"].string ?? "") < ($1["guid"].string ?? "") }
        #expect(Differences.between(.array(sorted), corpus.facts["features"]).isEmpty)
    }

    @Test(
        "features have the counts that zdb proved",
        arguments: CorpusPool.all(with: "verified_refcounts"))
    func provedFeatures(corpus: CorpusPool) throws {
        let features = try corpus.open().features
        for (name, count) in corpus.facts["verified_refcounts"].members {
            // zdb counts references to obsolete space under this name; it is no feature.
            guard name != "indirect_refcount" else { continue }
            let found = features.list.first { $0.name == name }
            #expect(found?.references ?? 0 == count.unsigned, "\(name)")
        }
    }

    @Test("features are in zpool's states", arguments: CorpusPool.all(with: "feature_states"))
    func featureStates(corpus: CorpusPool) throws {
        let features = try corpus.open().features
        for (name, state) in corpus.facts["feature_states"].members {
            let ours = features.list.first { $0.name == name }?.state ?? "disabled"
            #expect(ours == state.string, "\(name)")
        }
    }

    @Test("datasets are zdb's and zfs's", arguments: CorpusPool.all(with: "datasets"))
    func datasets(corpus: CorpusPool) throws {
        let pool = try corpus.open()
        let tree = try pool.datasets()
        let facts = corpus.facts["datasets"].elements.filter { $0["name"].string != "mos" }
        let theirs = Set(facts.compactMap { $0["name"].string })
        let ours = Set(tree.datasets.map(\.name))
        #expect(ours.symmetricDifference(theirs).sorted() == [])
        for fact in facts {
            guard let dataset = tree.dataset(named: fact["name"].string ?? "") else { continue }
            expect(dataset, tree.node(of: dataset), fact)
        }
    }

    private func expect(_ dataset: Dataset, _ node: DatasetNode?, _ fact: JSONValue) {
        let name = dataset.name
        #expect(dataset.object == fact["objset"].unsigned, "\(name)")
        #expect(dataset.stored.creationTxg.rawValue == fact["create_txg"].unsigned, "\(name)")
        #expect(dataset.objectCount == fact["objects"].unsigned, "\(name)")
        #expect(dataset.isSnapshot == name.contains("@"))
        if let guid = fact["guid"].unsigned { #expect(dataset.stored.guid.rawValue == guid) }
        if let referenced = fact["referenced"].unsigned {
            #expect(dataset.stored.referencedBytes == referenced, "\(name)")
        }
        if let size = fact["size"].unsigned {
            #expect(dataset.stored.referencedBytes == size, "\(name)")
        }
        guard let used = fact["used"].unsigned else { return }
        let ours = dataset.isSnapshot ? dataset.stored.uniqueBytes : node?.directory.usedBytes
        #expect(ours == used, "\(name)")
    }

    @Test(
        "objects are as many of each type as zdb lists", arguments: CorpusPool.all(with: "datasets")
    )
    func objects(corpus: CorpusPool) throws {
        let pool = try corpus.open()
        for fact in corpus.facts["datasets"].elements {
            let types = fact["objects_by_type"].members
            guard let name = fact["name"].string, !types.isEmpty else { continue }
            let set =
                name == "mos"
                ? pool.meta.set
                : try pool.objectSet(of: try #require(try pool.datasets().dataset(named: name)))
            var counts: [String: JSONValue] = [:]
            set.forEachDnode { visit in
                switch visit {
                case .object(let object):
                    let type = Self.zdbName(object.dnode.type)
                    counts[type] = .unsigned((counts[type]?.unsigned ?? 0) + 1)
                case .damaged(let range, let error):
                    Issue.record("\(name) objects \(range): \(error)")
                }
            }
            let differences = Differences.between(.object(counts), .object(types))
            #expect(differences.isEmpty, "\(name)")
        }
    }

    /// zdb names types that describe themselves by their contents alone.
    private static func zdbName(_ type: ObjectType) -> String {
        type.isSelfDescribing && type.content != .zap ? "\(type.content)" : type.description
    }

    @Test("history has zdb's records", arguments: CorpusPool.all(with: "history"))
    func history(corpus: CorpusPool) throws {
        let pool = try corpus.open()
        let number = try #require(pool.directory.object(.history))
        var records: [HistoryRecord] = []
        var problems: [String] = []
        try History(try pool.meta.object(number)).forEachRecord {
            records.append($0)
        } problem: {
            problems.append("at \($0): \($1)")
        }
        #expect(problems.isEmpty)
        let facts = corpus.facts["history"].elements
        #expect(records.count == facts.count)
        for (record, fact) in zip(records, facts) {
            #expect(Self.line(record) == Self.plain(fact[1].string ?? ""))
            #expect(record.time.map(Self.time) == fact[0].string)
        }
    }

    /// A record as zdb -h prints it.
    private static func line(_ record: HistoryRecord) -> String {
        let place = record.txg.map { "[txg:\($0)] " } ?? ""
        switch record.kind {
        case .command, .call, .other: return plain(record.summary)
        case .event, .numberedEvent: return plain(place + record.summary)
        }
    }

    /// Without the double spaces that zdb leaves where a detail is empty.
    private static func plain(_ text: String) -> String {
        text.split(separator: " ").joined(separator: " ")
    }

    /// Seconds since 1970 as `2026-11-21.00:01:12`, UTC.
    private static func time(_ seconds: UInt64) -> String {
        let days = Int(seconds / 86400)
        // Howard Hinnant's civil_from_days, for dates after 1970.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(two)
        return "\(year)-\(two(UInt64(month)))-\(two(UInt64(day))).\(clock.joined(separator: ":"))"
    }

    private static func two(_ number: UInt64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
