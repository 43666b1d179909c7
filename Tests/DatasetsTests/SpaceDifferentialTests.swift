import Bytes
import Datasets
import Objects
import TestSupport
import Testing

/// The space books, dedup and clone tables of each packed pool against what zdb says of them.
@Suite struct SpaceDifferentialTests {
    @Test(arguments: PoolFacts.all)
    func `metaslabs are those that zdb prints`(_ item: PoolFacts) throws {
        let books = item.pool.spaceBooks()
        for fact in item.facts["space"]["vdevs"].elements {
            let id = UInt32(fact["vdev"].unsigned ?? 0)
            let metaslabs = fact["metaslabs"].elements
            guard !metaslabs.isEmpty else { continue }
            let vdev = try #require(books.vdev(id))
            #expect(vdev.metaslabs.count == metaslabs.count)
            if let object = fact["ms_unflushed_phys"].unsigned {
                #expect(vdev.unflushedObject == object)
            }
            for (metaslab, fact) in zip(vdev.metaslabs, metaslabs) {
                #expect(Self.differences(metaslab, fact) == [], "vdev \(id)")
            }
        }
        let logs = item.facts["space"]["logs"].elements
        #expect(books.logs.logs.count == logs.count)
        for (log, fact) in zip(books.logs.logs, logs) {
            #expect(log.txg.rawValue == fact["txg"].unsigned)
            #expect(log.map.object.number == fact["object"].unsigned)
            #expect(log.map.header.length == fact["smp_length"].unsigned)
            #expect(log.map.header.allocated == fact["smp_alloc"].signed)
        }
    }

    private static func differences(_ metaslab: Metaslab, _ fact: JSONValue) -> [String] {
        var pairs: [(String, Int64?, Int64?)] = [
            ("id", Int64(metaslab.index), fact["id"].signed),
            ("offset", Int64(metaslab.start), fact["offset"].signed),
            ("spacemap", Int64(metaslab.spaceMap), fact["spacemap"].signed),
        ]
        if !fact["free"].matches(metaslab.freeBySpaceMap.map { UInt64($0) } ?? 0) {
            pairs.append(("free", metaslab.freeBySpaceMap, fact["free"].signed))
        }
        if let txg = fact["unflushed_txg"].signed {
            pairs.append(("unflushed_txg", Int64(metaslab.unflushedTxg.rawValue), txg))
        }
        if let length = fact["smp_length"].signed {
            pairs.append(("smp_length", metaslab.header.map { Int64($0.length) }, length))
            pairs.append(("smp_alloc", metaslab.header?.allocated, fact["smp_alloc"].signed))
        }
        for (size, count) in fact["histogram"].members {
            let bucket = (Int(size) ?? 0) - Int(metaslab.shift)
            let own = metaslab.header?.histogram.flatMap {
                $0.indices.contains(bucket) ? $0[bucket] : nil
            }
            pairs.append(("histogram[\(size)]", own.map { Int64($0) }, count.signed))
        }
        return pairs.filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1 ?? -1), zdb \($0.2 ?? -1)" }
    }

    /// Pools in which some blocks have several references, so that a sum over all pointers counts them again, or in
    /// which blocks are allocated that no tree of the newest txg reaches.
    private static let shared: Set = [
        "be-native", "be-raidz1", "brt", "checkpoint", "classes", "dedup", "fastdedup", "new-disk",
        "new-draid", "new-draid2", "new-raidz2", "removing", "v28", "zilslog",
    ]

    @Test(arguments: PoolFacts.all.filter { !shared.contains($0.archive.name) })
    func `allocated space is what the blocks take`(_ item: PoolFacts) {
        guard item.facts["blocks"]["no_leaks"] == .flag(true) else { return }
        let total = item.pool.spaceBooks().total()
        #expect(total.allocated == item.facts["blocks"]["allocated"].unsigned)
    }

    @Test(arguments: PoolFacts.all)
    func `block references have the totals of zdb`(_ item: PoolFacts) throws {
        let facts = item.facts["brt"]
        let tables = item.pool.blockReferences()
        guard !facts.isNull else {
            #expect(tables.used == 0)
            return
        }
        #expect(facts["used"].matches(tables.used))
        #expect(facts["saved"].matches(tables.saved))
        #expect(tables.ratio.formatted() == facts["ratio"].string)
        for fact in facts["vdevs"].elements {
            let table = try #require(
                tables.vdevs.first { UInt64($0.vdev) == fact["vdev"].unsigned })
            #expect(table.header.totalCount == fact["entries"].unsigned)
            var count: UInt64 = 0
            var extra: UInt64 = 0
            try table.forEachReference {
                count += 1
                extra += $0.extra
            }
            #expect(count == table.header.totalCount)
            #expect(extra < 1 << 20)
            let counters = try table.counters()
            #expect(counters.reduce(0) { $0 + UInt64($1) } == table.header.totalCount)
        }
    }
}
