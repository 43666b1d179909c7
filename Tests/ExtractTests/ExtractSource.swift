import Bytes
import Codecs
import Datasets
import Extract
import Files
import TestSupport
import Testing

/// A pool that is copied from, with its keys.
struct ExtractSource {
    let contents: PoolContents

    /// Opens the pool whose devices lie in `folder`, or a packed one.
    init(_ archive: String, in folder: String? = nil, keys: [String: String] = [:]) throws {
        let place = try folder ?? TestPool.named(archive).unpack()
        let findings = PoolFinder(threads: 1).find(in: [place])
        contents = PoolContents(try Pool.open(try #require(findings.pools.first)))
        for (dataset, text) in keys {
            let secret = SecretBytes(copying: Array(text.utf8).rawBytes)
            try #require(contents.keyring).add(UserKey(secret), for: dataset)
        }
    }

    var pool: Pool { contents.pool }

    /// Copies what is named in the way of the command line.
    @discardableResult
    func extract(
        _ name: String, to path: String, recursive: Bool = false, snapshots: Bool = false,
        _ options: ExtractOptions = ExtractOptions(),
        _ control: ExtractControl = ExtractControl()
    ) throws -> ExtractSummary {
        let request = ExtractRequest(
            try #require(PoolItem(name)), isRecursive: recursive, takesSnapshots: snapshots)
        let extraction = try Extraction(contents, request, to: path, options, control)
        try extraction.run()
        return extraction.summary
    }
}
