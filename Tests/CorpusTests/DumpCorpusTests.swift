import TestSupport
import Testing

/// The program itself, on every packed pool.
@Suite struct DumpCorpusTests {
    /// Everything that dump can be asked for without naming something in the pool.
    static let everything = [
        "config", "uberblocks", "features", "mos", "datasets", "spacemaps", "metaslabs", "history",
        "ddt",
        "brt", "zil", "bookmarks", "errors", "vdevs",
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
