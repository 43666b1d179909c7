import Bytes
import Datasets
import Foundation
import Objects
import Repair
import TestSupport
import Testing
import Verify

/// A commit that changes nothing but the books that every commit changes.
@Suite struct CommitTests {
    @Test(
        "a commit leaves a pool that everybody finds sound",
        arguments: [("basic", "basic"), ("mirror", "mir3")])
    func commits(name: String, pool: String) throws {
        let copy = try PoolCopy(name)
        let before = try copy.open()
        let transaction = try copy.touched()
        let commit = try copy.commit(transaction)
        #expect(commit.txg.rawValue == before.txg.rawValue + 1)

        let after = try copy.open()
        #expect(after.txg == commit.txg)
        let result = try copy.check(after)
        #expect(result.problems.map(\.kind.code) == [])
        #expect(result.unchecked.isEmpty)
        if let zdb = try copy.zdb(pool) {
            #expect(zdb.status == 0, "\(zdb.text) \(zdb.errorText)")
            #expect(zdb.text.contains("No leaks"))
        }
        if let imported = try copy.importReadWrite(pool) {
            #expect(imported.status == 0, "\(imported.text) \(imported.errorText)")
            #expect(try copy.check().problems.map(\.kind.code) == [])
        }
    }
}
