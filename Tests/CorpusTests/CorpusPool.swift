import TestSupport

/// One pool of one archive, with what is recorded of it: a test's argument.
struct CorpusPool: Sendable, CustomStringConvertible {
    let archive: TestPool
    let name: String
    let facts: JSONValue

    var description: String { "\(archive.name)/\(name)" }

    /// Every pool with recorded facts.
    static let all: [CorpusPool] = (TestPool.all + [TestPool.oldImages].compactMap(\.self)).flatMap
    { archive -> [CorpusPool] in
        guard let document = (try? archive.facts()) ?? nil else { return [] }
        return document["pools"].members.sorted { $0.key < $1.key }
            .map { CorpusPool(archive: archive, name: $0.key, facts: $0.value) }
    }

    /// Those of which something is recorded.
    static func all(with fact: String) -> [CorpusPool] { all.filter { !$0.facts[fact].isNull } }
}
