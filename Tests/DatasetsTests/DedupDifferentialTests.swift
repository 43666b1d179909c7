import Bytes
import Datasets
import Objects
import TestSupport
import Testing

/// The dedup tables of each packed pool against what zdb says of them.
@Suite struct DedupDifferentialTests {
    static let pools = PoolFacts.all.filter { !$0.facts["ddt"]["tables"].members.isEmpty }

    @Test(arguments: pools)
    func `stores and logs are those that zdb prints`(_ item: PoolFacts) throws {
        let tables = item.pool.dedupTables()
        let facts = item.facts["ddt"]["tables"].members
        #expect(Set(tables.map { "\($0.checksum)" }) == Set(facts.keys))
        for table in tables {
            let fact = facts["\(table.checksum)"] ?? .null
            #expect(table.version == fact["version"].unsigned)
            #expect(table.flags == fact["flags"].unsigned)
            #expect(table.directory == fact["root"].unsigned)
            for (name, fact) in fact["classes"].members {
                let store = try #require(table.stores.first { "\($0.storageClass)" == name })
                try compare(store, of: table, fact)
            }
            for (index, fact) in fact["logs"].members {
                let log = try #require(table.logs.first { $0.name.hasSuffix("-\(index)") })
                #expect(log.object.number == fact["object"].unsigned)
                #expect(log.header.length == fact["length"].unsigned)
                #expect(log.header.firstTxg.rawValue == fact["txg"].unsigned)
                #expect(UInt64(table.entries(of: log).count) == fact["entries"].unsigned)
            }
        }
        #expect(item.pool.notes.all.filter { $0.kind == .damage } == [])
    }

    private func compare(_ store: DedupStore, of table: DedupTable, _ fact: JSONValue) throws {
        // zdb counts whole sectors.
        #expect((store.diskBytes + 256) / 512 * 512 == fact["dspace"].unsigned)
        #expect(store.memoryBytes == fact["mspace"].unsigned)
        #expect(store.entryCount == fact["entries"].unsigned)
        if let object = fact["object"].unsigned { #expect(store.object == object) }
        var total = DedupStatistics()
        try table.forEachEntry(of: store) { entry in
            total.blocks += UInt64(entry.variants.count)
            total.referencedBlocks += entry.references
            total.logicalBytes += entry.key.logicalSize * UInt64(entry.variants.count)
            total.physicalBytes += entry.key.physicalSize * UInt64(entry.variants.count)
        }
        let kept = try #require(store.histogram)
        #expect(total.blocks == kept.total.blocks)
        #expect(total.referencedBlocks == kept.total.referencedBlocks)
        #expect(total.logicalBytes == kept.total.logicalBytes)
        #expect(total.physicalBytes == kept.total.physicalBytes)
        for (references, fact) in fact["histogram"].members {
            let bucket = try #require(UInt64(references)).trailingZeroBitCount
            #expect(kept.buckets[bucket].blocks == fact["blocks"].unsigned)
            #expect(kept.buckets[bucket].referencedBlocks == fact["references"].unsigned)
        }
    }
}
