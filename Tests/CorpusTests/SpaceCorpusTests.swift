import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs

/// What the pool's books say of its space, against zdb -mm, -D and -T.
@Suite struct SpaceCorpusTests {
    @Test("metaslabs are zdb -mm's", arguments: CorpusPool.all(with: "space"))
    func metaslabs(corpus: CorpusPool) throws {
        let books = try corpus.open().spaceBooks()
        for fact in corpus.facts["space"]["vdevs"].elements {
            let id = try #require(fact["vdev"].unsigned.flatMap(UInt32.init(exactly:)))
            let theirs = fact["metaslabs"].elements
            guard !theirs.isEmpty else {
                #expect(books.vdev(id)?.metaslabs.isEmpty ?? true)
                continue
            }
            let vdev = try #require(books.vdev(id))
            #expect(vdev.unflushedObject == fact["ms_unflushed_phys"].unsigned ?? 0)
            #expect(vdev.metaslabs.count == theirs.count)
            for (metaslab, fact) in zip(vdev.metaslabs, theirs) {
                expect(metaslab, fact)
            }
        }
    }

    private func expect(_ metaslab: Metaslab, _ fact: JSONValue) {
        let place = "vdev \(metaslab.vdev) metaslab \(metaslab.index)"
        #expect(metaslab.index == fact["id"].unsigned)
        #expect(metaslab.start == fact["offset"].unsigned, "\(place)")
        #expect(metaslab.spaceMap == fact["spacemap"].unsigned, "\(place)")
        #expect(metaslab.header?.length == fact["smp_length"].unsigned, "\(place)")
        #expect(metaslab.header?.allocated == fact["smp_alloc"].signed, "\(place)")
        if let free = fact["free"].signed { #expect(metaslab.freeBySpaceMap == free, "\(place)") }
        if let txg = fact["unflushed_txg"].unsigned {
            #expect(metaslab.unflushedTxg.rawValue == txg, "\(place)")
        }
        guard !fact["histogram"].isNull else { return }
        var histogram: [String: JSONValue] = [:]
        for (bucket, count) in (metaslab.header?.histogram ?? []).enumerated() where count > 0 {
            histogram["\(bucket + Int(metaslab.shift))"] = .unsigned(count)
        }
        #expect(
            Differences.between(.object(histogram), fact["histogram"]).isEmpty, "\(place)")
    }

    @Test("log space maps are zdb's", arguments: CorpusPool.all(with: "space"))
    func logs(corpus: CorpusPool) throws {
        let logs = try corpus.open().logSpaceMaps().logs
        let facts = corpus.facts["space"]["logs"].elements
        #expect(logs.count == facts.count)
        for (log, fact) in zip(logs, facts) {
            #expect(log.txg.rawValue == fact["txg"].unsigned)
            #expect(log.map.object.number == fact["object"].unsigned)
            #expect(log.map.header.length == fact["smp_length"].unsigned)
            #expect(log.map.header.allocated == fact["smp_alloc"].signed)
        }
    }

    @Test("dedup tables are zdb -D's", arguments: CorpusPool.all)
    func dedup(corpus: CorpusPool) throws {
        let pool = try corpus.open()
        let tables = pool.dedupTables()
        let facts = corpus.facts["ddt"]["tables"].members
        #expect(Set(tables.map { "\($0.checksum)" }) == Set(facts.keys))
        for table in tables {
            let fact = facts["\(table.checksum)"] ?? .null
            #expect(table.version == fact["version"].unsigned)
            #expect(table.flags == fact["flags"].unsigned)
            #expect(table.directory == fact["root"].unsigned)
            for store in table.stores {
                let stored = fact["classes"]["\(store.storageClass)"]
                // zdb leaves out stores without an entry.
                #expect(try count(table, store) == stored["entries"].unsigned ?? 0)
                if let object = stored["object"].unsigned { #expect(store.object == object) }
            }
            #expect(table.logs.count == fact["logs"].members.count)
            for (number, log) in table.logs.enumerated() {
                #expect(log.object.number == fact["logs"]["\(number)"]["object"].unsigned)
                let entries = UInt64(table.entries(of: log).count)
                #expect(entries == fact["logs"]["\(number)"]["entries"].unsigned)
            }
        }
    }

    private func count(_ table: DedupTable, _ store: DedupStore) throws -> UInt64 {
        var count: UInt64 = 0
        try table.forEachEntry(of: store) { _ in count += 1 }
        return count
    }

    @Test("block references are zdb -T's", arguments: CorpusPool.all)
    func blockReferences(corpus: CorpusPool) throws {
        let tables = try corpus.open().blockReferences()
        let fact = corpus.facts["brt"]
        if let used = fact["used"].unsigned { #expect(tables.used == used) }
        if let saved = fact["saved"].unsigned { #expect(tables.saved == saved) }
        if fact.isNull { #expect(tables.used == 0) }
        for fact in fact["vdevs"].elements {
            let table = try #require(
                tables.vdevs.first { UInt64($0.vdev) == fact["vdev"].unsigned })
            #expect(table.header.usedSpace == fact["used"].unsigned)
            #expect(table.header.savedSpace == fact["saved"].unsigned)
            #expect(table.header.totalCount == fact["entries"].unsigned)
            var entries: UInt64 = 0
            try table.forEachReference { _ in entries += 1 }
            #expect(entries == table.header.totalCount)
        }
    }
}
