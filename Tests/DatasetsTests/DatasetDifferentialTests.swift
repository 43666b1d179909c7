import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs

/// The datasets of each packed pool against what zdb and zfs say of them.
@Suite struct DatasetDifferentialTests {
    @Test(arguments: PoolFacts.all)
    func `datasets are those that zdb lists`(_ item: PoolFacts) throws {
        let tree = try item.pool.datasets()
        let facts = item.facts["datasets"].elements.filter { $0["kind"].string != "META" }
        let names = Set(facts.compactMap { $0["name"].string })
        let own = Set(tree.datasets.map(\.name))
        // A zdb of the other byte order misreads Edon-R, so it lists fewer there.
        #expect(item.archive.name == "be-native" ? own.isSuperset(of: names) : own == names)
        for fact in facts {
            guard let name = fact["name"].string else { continue }
            let dataset = try #require(tree.dataset(named: name), "\(name)")
            #expect(dataset.object == fact["objset"].unsigned, "\(name)")
            #expect(dataset.stored.creationTxg.rawValue == fact["create_txg"].unsigned, "\(name)")
            #expect(fact["size"].matches(dataset.stored.referencedBytes), "\(name)")
            #expect(dataset.objectCount == fact["objects"].unsigned, "\(name)")
            // What zfs(8) said of this pool was taken after an import that wrote.
            if item.archive.name != "cryptraw" { try compareListed(dataset, tree, fact) }
        }
    }

    /// What zfs(8) lists.
    private func compareListed(
        _ dataset: Dataset, _ tree: DatasetTree, _ fact: JSONValue
    ) throws {
        let node = try #require(tree.node(of: dataset), "\(dataset.name)")
        if let guid = fact["guid"].unsigned { #expect(dataset.stored.guid.rawValue == guid) }
        if let used = fact["used"].unsigned {
            let own = dataset.isSnapshot ? dataset.stored.uniqueBytes : node.directory.usedBytes
            #expect(own == used, "\(dataset.name)")
        }
        if let referenced = fact["logicalreferenced"].unsigned {
            #expect(dataset.stored.uncompressedBytes == referenced, "\(dataset.name)")
        }
    }

    @Test(arguments: PoolFacts.all)
    func `objects by type are those that zdb lists`(_ item: PoolFacts) throws {
        let tree = try item.pool.datasets()
        for fact in item.facts["datasets"].elements {
            let expected = fact["objects_by_type"].members
            guard !expected.isEmpty, let name = fact["name"].string else { continue }
            let set: ObjectSet
            if name == "mos" {
                set = item.pool.meta.set
            } else {
                set = try item.pool.objectSet(of: try #require(tree.dataset(named: name)))
            }
            var counts: [String: UInt64] = [:]
            set.forEachDnode { visit in
                guard case .object(let object) = visit else { return }
                // zdb names types that describe themselves for their contents.
                let type = object.type
                counts[type.isSelfDescribing ? "\(type.content)" : "\(type)", default: 0] += 1
            }
            #expect(counts == expected.mapValues { $0.unsigned ?? 0 }, "\(name)")
        }
    }
}
