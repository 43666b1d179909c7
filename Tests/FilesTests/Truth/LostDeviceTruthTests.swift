import Bytes
import Datasets
import Files
import TestSupport
import Testing
import Vdevs

/// Every file is as it was recorded with as many devices missing as the redundancy covers.
@Suite struct LostDeviceTruthTests {
    /// Pools with the places of the leaves that are taken away.
    static let pools: [(name: String, lost: [Int])] = [
        ("raidz1", [0]), ("raidz1", [3]), ("mirror", [0, 1]), ("draid2", [0, 5]),
        ("gangraidz", [1, 3]), ("expanded", [2]), ("replacing", [1]),
    ]

    @Test(arguments: pools)
    func `every file is as it was recorded`(_ question: (name: String, lost: [Int])) throws {
        let archive = TestPool.named(question.name)
        let recorded = try RecordedFiles(of: archive)
        for found in try archive.candidates() {
            var candidate = found
            let leaves = candidate.root.leaves.compactMap(\.guid)
                .filter { candidate.devices[$0] != nil }
            for place in question.lost where place < leaves.count {
                candidate.devices[leaves[place]] = nil
            }
            let pool = try Pool.open(candidate)
            for dataset in try pool.datasets().datasets {
                guard let files = recorded.byDataset[dataset.name] else { continue }
                let filesystem = try Filesystem(try pool.objectSet(of: dataset))
                var comparison = TreeComparison(filesystem, dataset.name, files)
                try comparison.run()
            }
            #expect(!pool.notes.hasDamage, "\(pool.notes.all)")
        }
    }
}
