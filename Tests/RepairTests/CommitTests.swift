import Bytes
import Datasets
import Foundation
import Repair
import TestSupport
import Testing

/// A commit that changes nothing but the books that every commit changes.
@Suite struct CommitTests {
    /// A pool's archive and its name.
    struct Case: Sendable, CustomTestStringConvertible {
        let archive: String
        let pool: String
        var testDescription: String { archive }

        let isImported: Bool

        init(_ archive: String, _ pool: String? = nil, importing: Bool = true) {
            self.archive = archive
            isImported = importing
            self.pool = pool ?? archive
        }
    }

    /// One of each way in which space is kept; all that a writer may meet where there is time.
    static let cases =
        [Case("basic"), Case("raidz1", "rz1"), Case("checkpoint"), Case("nofeatures")]
        + (Effort.isThorough ? others : [])
    static let others = [
        Case("mirror", "mir3"), Case("draid2", "dr2"), Case("stripe"), Case("classes"),
        Case("logspacemap"), Case("logsmclean"), Case("removal"), Case("gang"), Case("zil"),
        Case("multihost"), Case("v28", importing: false), Case("dedup"), Case("expanded"),
        Case("gangraidz"), Case("snaps"), Case("v28up"), Case("zilslog"), Case("livelist"),
        Case("crypt"), Case("fastdedup"), Case("brt"), Case("delqueue"), Case("holebirth"),
        Case("redact"),
    ]

    @Test("a commit leaves a pool that everybody finds sound", arguments: cases)
    func commits(at place: Case) throws {
        let copy = try PoolCopy(place.archive)
        let before = try copy.open()
        let commit = try copy.commit(try copy.touched())
        #expect(commit.txg.rawValue == before.txg.rawValue + 1)
        #expect(commit.missed.isEmpty)
        #expect(try copy.open().txg == commit.txg)
        try copy.expectSound(
            pool: place.pool, importing: place.isImported && Effort.isThorough)
    }
}
