import Bytes
import Datasets
import Synchronization
import TestSupport
import Testing

extension CorpusPool {
    /// The pool, opened once for all tests.
    func open() throws -> Pool {
        try Self.opened.withLock { known in
            if let pool = known[description] { return pool }
            let candidate = try #require(
                PoolFinder().find(in: [try folder()]).pools.first {
                    $0.guid.rawValue == facts["config"]["pool_guid"].unsigned
                })
            let pool = try Pool.open(candidate)
            known[description] = pool
            return pool
        }
    }

    private static let opened = Mutex<[String: Pool]>([:])
}
