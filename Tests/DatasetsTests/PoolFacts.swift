import Datasets
import TestSupport

/// One pool of one archive, opened, with what OpenZFS says about it.
struct PoolFacts: Sendable, CustomStringConvertible {
    let archive: TestPool
    let pool: Pool
    let facts: JSONValue

    var description: String { "\(archive.name)/\(pool.name)" }

    /// Every pool of every archive that has facts.
    static let all: [PoolFacts] = {
        var all: [PoolFacts] = []
        for archive in TestPool.all {
            guard let facts = (try? archive.facts()) ?? nil,
                let candidates = try? archive.candidates()
            else { continue }
            for candidate in candidates {
                let own = facts["pools"][candidate.name]
                guard !own.isNull, let pool = try? Pool.open(candidate) else { continue }
                all.append(PoolFacts(archive: archive, pool: pool, facts: own))
            }
        }
        return all
    }()
}
