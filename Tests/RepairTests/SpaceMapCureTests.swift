import Bytes
import Datasets
import Repair
import TestSupport
import Testing
import Verify

/// Space maps that were damaged by hand, written anew from the block tree.
@Suite struct SpaceMapCureTests {
    static let cases =
        [
            "basic-spacemap-double-free", "basic-log-spacemap-double-free",
            "basic-metaslabs-share-a-map",
        ] + (Effort.isThorough ? others : [])
    static let others = [
        "basic-spacemap-double-alloc", "basic-spacemap-free-of-live-block",
        "basic-spacemap-leak", "basic-spacemap-entry-crosses-metaslab",
        "basic-spacemap-entry-of-other-vdev", "basic-spacemap-histogram",
        "basic-spacemap-total-wrong",
    ]

    @Test("what was damaged is whole for us, for zdb and for an import", arguments: cases)
    func cured(name: String) throws {
        let copy = try PoolCopy(case: name)
        let before = try copy.check()
        #expect(!before.problems.isEmpty)
        let survey = try #require(before.survey)
        let cure = SpaceMapCure(survey)
        #expect(!cure.isEmpty)
        #expect(cure.impossible.isEmpty)
        var transaction = try Transaction(try copy.open(), survey)
        cure.apply(to: &transaction)
        _ = try copy.commit(transaction)
        try copy.expectSound(pool: "basic")
    }

    static let healthy =
        [("nofeatures", "nofeatures")]
        + (Effort.isThorough
            ? [
                ("raidz1", "rz1"), ("draid2", "dr2"), ("checkpoint", "checkpoint"),
                ("removal", "removal"), ("logspacemap", "logspacemap"), ("gang", "gang"),
                ("zil", "zil"), ("classes", "classes"), ("livelist", "livelist"),
                ("dedup", "dedup"), ("be-disk", "bedisk"),
            ] : [])

    @Test("all maps of a healthy pool can be written anew", arguments: healthy)
    func rebuilt(archive: String, name: String) throws {
        let copy = try PoolCopy(archive)
        var transaction = try copy.transaction()
        let survey = try #require(try copy.check().survey)
        transaction.rebuiltMetaslabs = Set(survey.metaslabs.indices)
        _ = try copy.commit(transaction)
        try copy.expectSound(pool: name, importing: Effort.isThorough)
    }

    @Test func `a healthy pool needs no cure`() throws {
        let survey = try #require(try PoolCopy("basic").check().survey)
        #expect(SpaceMapCure(survey).isEmpty)
    }
}
