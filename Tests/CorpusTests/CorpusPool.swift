import Foundation
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

    /// A folder that holds the pool's devices, and as few others as can be.
    ///
    /// The old images of many pools lie in one folder; of those, links are made in a folder for each pool.
    func folder() throws -> String {
        let whole = try archive.unpack()
        guard archive == TestPool.oldImages else { return whole }
        let own = "\(whole)-\(name)"
        let files = FileManager.default
        try files.createDirectory(atPath: own, withIntermediateDirectories: true)
        for image in facts["labels"].members.keys
        where !files.fileExists(atPath: "\(own)/\(image)") {
            try? files.linkItem(atPath: "\(whole)/\(image)", toPath: "\(own)/\(image)")
        }
        return own
    }

    /// Those of which something is recorded.
    static func all(with fact: String) -> [CorpusPool] { all.filter { !$0.facts[fact].isNull } }
}
