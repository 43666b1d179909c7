import Bytes
import Datasets
import Foundation
import Objects
import Repair
import TestSupport
import Testing
import Vdevs

/// Commits to pools of which devices are away.
@Suite struct DegradedCommitTests {
    static let pools =
        [("raidz3", "rz3")]
        + (Effort.isThorough
            ? [("raidz2", "rz2"), ("sparein", "hotspare"), ("draidspare", "drs")] : [])

    @Test(
        "a pool without some of its devices is written to, and knows what they missed",
        arguments: pools)
    func degraded(archive: String, name: String) throws {
        let copy = try PoolCopy(archive)
        let commit = try copy.commit(try copy.touched())
        let after = try copy.open()
        #expect(after.txg == commit.txg)
        for guid in commit.missed {
            let leaf = try #require(after.rootConfig.node(guid))
            let missed = try #require(try after.missedTxgs(of: leaf))
            var noted = false
            missed.forEachEntry { entry in
                let groups = entry.offset..<entry.offset + entry.run
                if entry.kind == .allocation, groups.contains(commit.txg.rawValue) { noted = true }
            }
            #expect(noted)
        }
        try copy.expectSound(pool: name, importing: Effort.isThorough)
    }

    @Test func `a mirror side that goes away before a commit gets a list of what it missed`() throws
    {
        let copy = try PoolCopy("mirror")
        let gone = try #require(
            try FileManager.default.contentsOfDirectory(atPath: copy.path).sorted().last)
        try FileManager.default.removeItem(atPath: "\(copy.path)/\(gone)")
        let commit = try copy.commit(try copy.touched())
        #expect(commit.missed.count == 1)
        let after = try copy.open()
        let leaf = try #require(commit.missed.first.flatMap { after.rootConfig.node($0) })
        #expect(leaf.dtl != nil)
        #expect(try after.missedTxgs(of: leaf) != nil)
        try copy.expectSound(pool: "mir3", importing: Effort.isThorough)
    }
}
