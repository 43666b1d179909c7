import Datasets
import Files
import Objects
import TestSupport
import Testing

/// Every file of every file system and snapshot, as a real kernel saw it.
@Suite struct FilesystemTruthTests {
    @Test(arguments: TestPool.all)
    func `every file is as it was recorded`(_ archive: TestPool) throws {
        let recorded = try RecordedFiles(of: archive)
        guard !recorded.byDataset.isEmpty else { return }
        var left = Set(recorded.byDataset.keys)
        for candidate in try archive.candidates() {
            let pool = try Pool.open(candidate)
            let ring = try Keyring(pool)
            for (dataset, key) in try archive.keys() {
                #expect(try ring.add(key, for: dataset).isEmpty)
            }
            for dataset in try pool.datasets().datasets {
                guard let files = recorded.byDataset[dataset.name] else { continue }
                left.remove(dataset.name)
                do {
                    let filesystem = try Filesystem(try pool.objectSet(of: dataset))
                    #expect(filesystem.problems.isEmpty, "\(dataset.name)")
                    var comparison = TreeComparison(filesystem, dataset.name, files)
                    try comparison.run()
                } catch {
                    Issue.record("\(dataset.name): \(error)")
                }
            }
        }
        #expect(left.isEmpty, "not found: \(left)")
    }
}
