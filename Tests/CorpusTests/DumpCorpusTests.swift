import TestSupport
import Testing

/// The program itself, on every packed pool.
@Suite struct DumpCorpusTests {
    /// Everything that dump can be asked for without naming something in the pool.
    static let everything = [
        "config", "uberblocks", "features", "mos", "datasets", "properties", "spacemaps",
        "metaslabs", "history", "ddt", "brt", "zil", "bookmarks", "errors", "vdevs", "scan",
    ]

    @Test(
        "dump of everything succeeds as text and as JSON", arguments: CorpusPool.all, [false, true])
    func everything(corpus: CorpusPool, asJSON: Bool) throws {
        let guid = corpus.facts["config"]["pool_guid"].unsigned ?? 0
        let folder = try corpus.folder()
        let answer = try Command(
            Project.executable,
            ["dump", "\(guid)"] + Self.everything + ["-d", folder] + (asJSON ? ["--json"] : []))
        #expect(answer.status == 0, "\(answer.errorText)")
        guard asJSON else { return }
        for line in answer.text.split(separator: "\n") {
            #expect(throws: Never.self) { try JSONValue(parsing: line) }
        }
    }

    @Test("ls of all that is in a pool meets no damage", arguments: CorpusPool.all)
    func listing(corpus: CorpusPool) throws {
        let guid = corpus.facts["config"]["pool_guid"].unsigned ?? 0
        let answer = try Zinspect.run("ls", "-R", "\(guid)", "-d", try corpus.folder())
        #expect(answer.status == 0, "\(answer.errorText)")
    }

    @Test("the overview tells of every dataset", arguments: CorpusPool.all)
    func overview(corpus: CorpusPool) throws {
        let guid = corpus.facts["config"]["pool_guid"].unsigned ?? 0
        let answer = try Zinspect.run("dump", "\(guid)", "-d", try corpus.folder())
        #expect(answer.status == 0, "\(answer.errorText)")
        for dataset in corpus.facts["datasets"].elements {
            guard let name = dataset["name"].string, name != "mos" else { continue }
            #expect(answer.text.contains(name))
        }
    }
}

extension DumpCorpusTests {
    /// What `zfs get -p all` printed, in one word for each dataset and property.
    private static func recorded(_ corpus: CorpusPool) -> [String: String] {
        var values: [String: String] = [:]
        for (dataset, properties) in corpus.facts["properties"].members
        where !dataset.contains("#") {
            for (name, fact) in properties.members {
                guard let text = fact[0].string, text != "-" else { continue }
                // 2.3 calls the default of `xattr` by another name, and the order of clones is that of a hash.
                guard !["xattr", "clones"].contains(name) else { continue }
                values["\(dataset) \(name)"] = text
            }
        }
        return values
    }

    @Test(
        "dump properties has all that zfs get has",
        arguments: CorpusPool.all(with: "properties").filter {
            ["props", "snaps", "crypt", "v28"].contains($0.name)
        })
    func properties(corpus: CorpusPool) throws {
        let folder = try corpus.folder()
        let expected = Self.recorded(corpus)
        #expect(!expected.isEmpty)
        let answer = try Zinspect.run("dump", corpus.name, "properties", "-d", folder, "--json")
        #expect(answer.status == 0, "\(answer.errorText)")
        var found: [String: String] = [:]
        for line in answer.text.split(separator: "\n") {
            let row = try JSONValue(parsing: line)
            guard row["type"].string == "property", let dataset = row["dataset"].string,
                let name = row["property"].string
            else { continue }
            found["\(dataset) \(name)"] = row["value"].string
        }
        for (key, text) in expected { #expect(found[key] == text, "\(key)") }
    }

    @Test func `a dataset is shown with its properties`() throws {
        let corpus = try #require(CorpusPool.all.first { $0.name == "props" })
        let answer = try Zinspect.run(
            "dump", "props", "props", "-d", try corpus.folder(), "--json")
        let rows = try answer.text.split(separator: "\n").map { try JSONValue(parsing: $0) }
        let names = rows.filter { $0["type"].string == "property" }.map { $0["property"].string }
        let facts = corpus.facts["properties"]["props"].members
        #expect(Set(facts.keys).subtracting(names.compactMap(\.self)).isEmpty)
    }
}
