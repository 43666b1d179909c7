import Bytes
import Codecs
import Datasets
import Files
import Objects
import TestSupport
import Testing

/// Pools that lost power, shown as after the replay of their logs: what a kernel made of them when it
/// imported them.
@Suite struct ReplayTruthTests {
    @Test(arguments: ["zil", "zilslog", "delqueue"])
    func `every file is as it was after an import`(_ name: String) throws {
        let archive = TestPool.named(name)
        let recorded = try RecordedFiles(of: archive, after: "import")
        var left = Set(recorded.byDataset.keys)
        for candidate in try archive.candidates() {
            let contents = PoolContents(try Pool.open(candidate), replaying: true)
            for dataset in try contents.pool.datasets().datasets {
                guard let files = recorded.byDataset[dataset.name] else { continue }
                left.remove(dataset.name)
                guard case .filesystem(let filesystem) = try contents.open(dataset) else {
                    Issue.record("\(dataset.name) is no file system")
                    continue
                }
                var comparison = TreeComparison(filesystem, dataset.name, files)
                comparison.isReplayed = true
                try comparison.run()
            }
            #expect(!contents.pool.notes.hasDamage)
        }
        #expect(left.isEmpty, "not found: \(left)")
    }

    /// The digest of the volume that was read after the import of `zil`.
    @Test func `a volume is as it was after an import`() throws {
        let candidate = try #require(try TestPool.named("zil").candidates().first)
        let contents = PoolContents(try Pool.open(candidate), replaying: true)
        let opened = try contents.open(PoolItem(dataset: "zil/vol"))
        guard case .volume(let volume, _) = opened.contents else {
            Issue.record("zil/vol is no volume")
            return
        }
        let bytes = try volume.contents.read(at: 0, count: Int(volume.size))
        let checksum = try ChecksumAlgorithm.sha256.compute(bytes.rawBytes, .little, salt: nil)
        #expect(
            checksum.description.replacing(":", with: "")
                == "e92bb4c22af9b76593148eb52e69dcf5404a1a99e54bd3c5e2ca9fefdbf646b5")
    }

    @Test func `what was applied is told`() throws {
        let candidate = try #require(try TestPool.named("zil").candidates().first)
        let contents = PoolContents(try Pool.open(candidate), replaying: true)
        _ = try contents.open(PoolItem(dataset: "zil/always"))
        let note = try #require(contents.pool.notes.all.first { $0.place == "zil/always" })
        #expect(note.kind == .state)
        #expect(note.cause.contains("11 records"))
        #expect(note.cause.contains("1 TX_RENAME"))
    }
}
