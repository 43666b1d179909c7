import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs

/// What zinspect reads of each packed pool against what zdb, zpool and zfs say of it.
@Suite struct PoolDifferentialTests {
    @Test(arguments: PoolFacts.all)
    func `the uberblock is the one that zdb chooses`(_ item: PoolFacts) {
        let facts = item.facts["uberblock"]
        #expect(item.pool.uberblock.txg.rawValue == facts["txg"].unsigned)
        #expect(item.pool.uberblock.timestamp == facts["timestamp"].unsigned)
        #expect(item.pool.uberblock.guidSum == facts["guid_sum"].unsigned)
        #expect(item.pool.uberblock.rootPointer.fill == facts["rootbp"]["fill"].unsigned)
    }

    @Test(arguments: PoolFacts.all)
    func `the configuration is the one that zdb prints`(_ item: PoolFacts) throws {
        let config = try #require(item.pool.config)
        #expect(Self.differences(config.list, item.facts["config"]) == [])
    }

    @Test(arguments: PoolFacts.all)
    func `features have the counts of the MOS`(_ item: PoolFacts) {
        let facts = item.facts["features"].elements
        for fact in facts {
            let feature = item.pool.features.list.first { $0.guid == fact["guid"].string }
            #expect(feature?.references == fact["refcount"].unsigned, "\(fact)")
            #expect(feature?.isNeededForReading == (fact["for"].string == "read"), "\(fact)")
        }
        for (name, state) in item.facts["feature_states"].members {
            #expect((item.pool.features[name]?.state ?? "disabled") == state.string, "\(name)")
        }
    }

    @Test(arguments: PoolFacts.all)
    func `nothing in a healthy pool is damaged`(_ item: PoolFacts) throws {
        _ = try item.pool.datasets()
        _ = item.pool.spaceBooks()
        _ = item.pool.dedupTables()
        _ = item.pool.errors()
        _ = try item.pool.historyRecords()
        let damage = item.pool.notes.all.filter { $0.kind == .damage }
        #expect(damage.map { "\($0.place): \($0.cause)" } == [])
    }

    @Test(arguments: PoolFacts.all)
    func `history has the records that zdb prints`(_ item: PoolFacts) throws {
        let facts = item.facts["history"].elements
        guard !facts.isEmpty else { return }
        let records = try item.pool.historyRecords()
        #expect(records.count == facts.count)
        for (record, fact) in zip(records, facts) {
            guard let text = fact[1].string else { continue }
            var own = record.summary
            if case .event = record.kind { own = "[txg:\(record.txg?.rawValue ?? 0)] \(own)" }
            if case .numberedEvent(let number, let details) = record.kind {
                let name = HistoryEvent.name(number) ?? ""
                own = "[internal \(name) txg:\(record.txg?.rawValue ?? 0)] \(details)"
            }
            #expect(Self.words(own) == Self.words(text))
        }
    }

    private static func words(_ text: String) -> [Substring] {
        text.split(whereSeparator: \.isWhitespace)
    }

    /// Where an nvlist and the facts' object differ, by path.
    static func differences(_ list: NVList, _ fact: JSONValue, _ path: String = "") -> [String] {
        var differences: [String] = []
        for (name, expected) in fact.members {
            // zdb prints each element of an array of numbers as a line of its own.
            if name.hasSuffix("]"), let mark = name.firstIndex(of: "["),
                let index = Int(name[name.index(after: mark)...].dropLast())
            {
                let values = list.uint64s(String(name[..<mark])) ?? []
                if !values.indices.contains(index) || values[index] != expected.unsigned {
                    differences.append("\(path).\(name): \(values) \(expected)")
                }
                continue
            }
            let place = "\(path).\(name)"
            switch (list[name], expected) {
            case (.uint64(let value), _):
                if value != expected.unsigned {
                    differences.append("\(place): \(value) \(expected)")
                }
            case (.string(let value), .string(let text)):
                if value.text != text { differences.append("\(place): \(value) \(text)") }
            case (.boolean, .flag(true)): break
            case (.list(let inner), _): differences += Self.differences(inner, expected, place)
            case (.listArray(let lists), .array(let elements)):
                if lists.count != elements.count { differences.append("\(place): count") }
                for (index, pair) in zip(lists, elements).enumerated() {
                    differences += Self.differences(pair.0, pair.1, "\(place)[\(index)]")
                }
            case (.uint64Array(let values), .array(let elements)):
                if values != elements.map({ $0.unsigned ?? 0 }) {
                    differences.append("\(place): \(values) \(elements)")
                }
            case (let value, _):
                differences.append("\(place): \(value.map { "\($0)" } ?? "missing") \(expected)")
            }
        }
        return differences
    }
}
