import Bytes
import Datasets
import TestSupport
import Testing

/// Properties, holds and permissions of each packed pool against what zfs(8) and zpool(8) say of them.
@Suite struct PropertyDifferentialTests {
    static let pools = PoolFacts.all.filter { !$0.facts["properties"].members.isEmpty }

    @Test(arguments: pools)
    func `properties are those that zfs get prints`(_ item: PoolFacts) throws {
        let tree = try item.pool.datasets()
        let reader = try DatasetProperties(item.pool)
        for (name, facts) in item.facts["properties"].members {
            guard !name.contains("#") else { continue }
            let dataset = try #require(tree.dataset(named: name), "\(name)")
            let own = Dictionary(
                reader.properties(of: dataset).map { ($0.name, $0) },
                uniquingKeysWith: { first, _ in first })
            for (property, fact) in facts.members {
                guard let text = fact[0].string, let source = fact[1].string else { continue }
                guard text != "-", !Self.isOtherwise(property, item) else { continue }
                let found = own[property]
                #expect(
                    found.map { Self.comparable($0.text, property) }
                        == Self.comparable(text, property),
                    "\(name) \(property)")
                if source != "-", !Self.isCounted(property) {
                    #expect(found?.source.description == source, "\(name) \(property)")
                }
            }
        }
    }

    /// OpenZFS 2.4 lets datasets use what special and dedup vdevs hold, 2.3 did not.
    private static func isOtherwise(_ property: String, _ item: PoolFacts) -> Bool {
        property == "available" && item.archive.name == "classes"
    }

    /// zfs(8) gives these counts a source, as if somebody had set them.
    private static func isCounted(_ property: String) -> Bool {
        ["filesystem_count", "snapshot_count"].contains(property)
    }

    /// OpenZFS 2.3 calls the default of `xattr` by another of its names than 2.4.
    /// The order of clones is that of a hash.
    private static func comparable(_ text: String, _ property: String) -> String {
        switch property {
        case "xattr": text == "on" ? "sa" : text
        case "clones": text.split(separator: ",").sorted().joined(separator: ",")
        default: text
        }
    }

    @Test(arguments: PoolFacts.all.filter { !$0.facts["holds"].elements.isEmpty })
    func `holds are those that zfs holds prints`(_ item: PoolFacts) throws {
        let held = try item.pool.datasets().datasets.flatMap { dataset in
            item.pool.holds(on: dataset).map { [dataset.name, $0.tag] }
        }
        let facts = item.facts["holds"].elements.map { $0.elements.compactMap(\.string) }
        #expect(Set(held) == Set(facts))
    }

    @Test func `permissions are those that were granted`() throws {
        let item = try #require(PoolFacts.all.first { $0.pool.name == "props" })
        let tree = try item.pool.datasets()
        let root = item.pool.delegations(on: try #require(tree.node(named: "props")))
        #expect(
            root.contains(
                Delegation(key: "s-$@myset", permissions: ["clone", "create", "destroy"])))
        #expect(root.contains(Delegation(key: "c-$", permissions: ["rename"])))
        let grants = item.pool.delegations(on: try #require(tree.node(named: "props/q")))
        // `zfs allow` shows in three groups what stands by user and reach: 5 grants to 4 names.
        let everyone = grants.filter { $0.who == .everyone }
        #expect(everyone.map(\.permissions) == [["diff"], ["diff"]])
        #expect(Set(everyone.map(\.reach)) == [.local, .descendent])
        let local = grants.filter { $0.permissions == ["hold", "send"] }
        #expect(local.map(\.reach) == [.local])
        let below = grants.filter { $0.permissions == ["destroy"] }
        #expect(below.map(\.reach) == [.descendent])
    }
}
