import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

/// Each damage is told once, whichever books and snapshots show it.
@Suite struct ToldOnceTests {
    @Test func `the number of objects is not told beside the root that counts them wrong`() throws {
        let pool = try EditedPool("basic")
        try pool.editor.editPointer(to: .header(.meta)) { $0.words[11] += 1 }
        let problems = try pool.verify().problems
        #expect(problems.map(\.kind) == [.fillMismatch])
        #expect(problems.first?.consequences.map(\.kind) == [.objectCount])
    }

    @Test func `an account that is off by what one file seems to use is no damage of its own`()
        throws
    {
        let pool = try EditedPool("basic")
        try pool.editor.editDnode(63, in: .dataset(54)) { bytes in
            let field = Dnode.Layout.used
            try field.write(try field.read(bytes.rawBytes, .little) + 4096, into: &bytes, .little)
        }
        let problems = try pool.verify().problems
        #expect(problems.map(\.kind) == [.dnodeUsed])
        let echoes = try #require(problems.first).consequences
        #expect(Set(echoes.map(\.kind)) == [.accountingMismatch])
        #expect(echoes.count == 3)
    }

    @Test func `what a snapshot and its head have in common is told of the head`() throws {
        let pool = try EditedPool("brt")
        let (head, snapshot) = (try pool.dataset("brt").object, try pool.dataset("brt@s").object)
        for set in [head, snapshot] {
            try pool.setAttribute(.accessNanoseconds, of: 34, in: set, 2_000_000_000)
        }
        let problems = try pool.verify().problems
        #expect(problems.map(\.kind) == [.fileAttribute])
        let problem = try #require(problems.first)
        #expect(problem.location.dataset == "brt")
        #expect(problem.location.objectSet == head)
        #expect(problem.evidence["also_in"] == .list([.text("brt@s")]))
        #expect(problem.alsoAt.map(\.objectSet) == [snapshot])
    }

    @Test func `keys that stand twice are found in parts that fit the memory`() throws {
        let pool = try EditedPool("dedup")
        let table = try #require(
            try pool.open().dedupTables().first { "\($0.checksum)" == "sha256" })
        let duplicate = try #require(table.stores.first { $0.storageClass == .duplicate })
        try pool.setFatEntry(
            "DDT-sha256-zap-unique", of: ObjectDirectory.objectNumber, duplicate.object)
        let options = VerifyOptions(
            threadCount: 1, memory: 1 << 12,
            selection: CheckSelection(only: ["ddt.duplicate-entry"]))
        let problems = try pool.verify(options).problems
        #expect(Set(problems.map(\.kind)) == [.dedupTwice])
        #expect(UInt64(problems.count) == duplicate.entryCount)
    }
}
