import Bytes
import Datasets

extension DatasetGraph {
    /// The keys that the snapshots before a dataset give its deadlist: the groups in which the ones before them were taken.
    package func deadlistKeys(of dataset: GraphDataset) -> [UInt64] {
        var needed: [UInt64] = []
        var seen: Set<UInt64> = []
        var next = dataset.previous
        while let snapshot = datasets[next], seen.insert(next).inserted {
            needed.append(datasets[snapshot.previous]?.stored.creationTxg.rawValue ?? 0)
            next = snapshot.previous
        }
        return needed
    }
}
