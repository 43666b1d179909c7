import Bytes
import Datasets
import Devices
import Files
import Foundation
import TestSupport
import Testing
import Verify

/// Pools damaged by hand, whose every checksum is right: `verify` must find what was damaged, with code and place.
@Suite struct VerifyCaseTests {
    /// How the recorded hints name what our codes say, where they differ.
    private static let codes = [
        "spacemap.referenced-but-free": "spacemap.unprotected",
        "spacemap.leaked": "spacemap.leak",
        "spacemap.entry-out-of-bounds": "spacemap.out-of-bounds",
        "spacemap.entry-bad-vdev": "spacemap.foreign-vdev",
        "spacemap.histogram-mismatch": "spacemap.histogram",
        "spacemap.alloc-total-mismatch": "spacemap.alloc-total",
        "metaslab.spacemap-shared": "metaslab.shared-map",
        "ddt.log-record-bad": "ddt.log-damaged",
        "blkptr.doubly-referenced": "block.claimed-twice",
        "quota.used-mismatch": "accounting.used-mismatch",
        "label.bad-checksum": "label.checksum",
        "feature.unknown-for-write": "feature.unknown-for-writing",
        "blkptr.birth-future": "blkptr.future-birth",
    ]

    static let cases = [
        "basic-spacemap-double-free", "basic-log-spacemap-double-free",
        "basic-spacemap-double-alloc", "basic-spacemap-free-of-live-block",
        "basic-spacemap-leak", "basic-spacemap-entry-crosses-metaslab",
        "basic-spacemap-entry-of-other-vdev", "basic-spacemap-histogram",
        "basic-spacemap-total-wrong", "basic-metaslabs-share-a-map", "basic-two-files-one-block",
        "basic-dsl-used-off", "snaps-snapshot-chain-broken", "snaps-snapshot-without-name",
        "snaps-unique-bytes-wrong",
        "basic-entry-to-a-freed-object", "basic-link-count-high", "basic-orphan-file",
        "basic-parent-wrong", "basic-user-accounting-wrong",
        "basic-label-checksum", "basic-label-of-another-pool", "basic-label0-string-with-nul",
        "basic-labels-012-wiped", "basic-newest-uberblock-garbage", "basic-uberblock-txg-huge",
        "snaps-deadlist-names-a-live-block", "brt-entry-count-wrong",
        "dedup-reference-count-low", "fastdedup-log-record-of-length-zero",
        "basic-mos-config-string-with-nul", "basic-unknown-feature-for-write",
        "basic-feature-count-zero",
        "basic-birth-in-the-future", "basic-dnode-bonus-too-long", "basic-dnode-maxblkid-small",
        "basic-dnode-used-wrong", "basic-fill-count-wrong", "basic-lz4-endless-match-in-file",
        "basic-lz4-length-header", "basic-lz4-truncated-dnodes",
        "basic-microzap-duplicate-name", "basic-microzap-unterminated-name",
        "bigdir-zap-chain-loop", "bigdir-zap-entry-count", "bigdir-zap-leaf-prefix-length",
        "bigdir-zap-pointer-table", "basic-many-things-at-once",
    ]

    @Test("what was damaged is found where it is", arguments: cases)
    func found(name: String) throws {
        let damaged = try DamagedPool(name)
        let result = try Verifier(
            PoolContents(damaged.pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption()
        ).run()
        let wanted = damaged.facts["must_report"].elements.filter { $0["optional"].isNull }
        #expect(!wanted.isEmpty)
        for fact in wanted {
            let hint = try #require(fact["code"].string)
            let code = Self.codes[hint] ?? hint
            #expect(
                result.problems.contains { $0.kind.code == code && matches($0.location, fact) },
                "\(hint): \(result.problems.map { Found($0) })")
        }
    }

    /// The codes that the facts of a case demand, as ours are called.
    static func expectedCodes(of name: String) throws -> Set<String> {
        let facts = try JSONValue(
            parsing: try String(
                contentsOfFile: "\(Project.testPools)/cases/\(name).json", encoding: .utf8))
        return Set(
            facts["must_report"].elements.compactMap(\.["code"].string).map { codes[$0] ?? $0 })
    }

    private func matches(_ location: Location, _ fact: JSONValue) -> Bool {
        let address = fact["dvas"].elements.first ?? fact
        let keys: [(UInt64?, JSONValue)] = [
            (location.vdev, address["vdev"]), (location.metaslab, fact["metaslab"]),
            (location.objectSet, fact["objset"]), (location.object, fact["object"]),
            (location.offset, address["offset"]),
            (location.size, address["size"].isNull ? address["asize"] : address["size"]),
            (location.blockID, fact["blkid"]), (location.label, fact["label"]),
            (location.txg?.rawValue, fact["txg"]),
        ]
        let labels = fact["labels"].elements.compactMap(\.unsigned)
        if let label = location.label, !labels.isEmpty, !labels.contains(label) { return false }
        if let key = fact["pair"].string ?? fact["feature"].string, location.key != key {
            return false
        }
        return keys.allSatisfy { $0 == nil || $1.isNull || $0 == $1.unsigned }
    }
}
