import Datasets
import TestSupport

extension TestPool {
    /// Every pool on the devices of the archive, as their labels tell, sorted by name.
    func candidates() throws -> [PoolCandidate] {
        PoolFinder().find(in: [try unpack()]).pools
    }
}
