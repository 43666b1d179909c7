import Bytes
import Datasets
import Files
import Objects
import Repair
import TestSupport
import Testing
import Verify

/// Commits that change the contents of encrypted datasets.
@Suite struct EncryptedCommitTests {
    /// A file, and what is to be written to its first block.
    struct Edit: Sendable {
        let dataset: String
        let path: String
        let isRandom: Bool
    }

    /// One pool, and the edits that are made in it.
    struct Case: Sendable, CustomTestStringConvertible {
        let pool: String
        let edits: [Edit]
        var testDescription: String { pool }
    }

    static let cases = [
        Case(
            pool: "crypt",
            edits: [
                Edit(dataset: "crypt/pass", path: "big", isRandom: false),
                Edit(dataset: "crypt/hex", path: "big", isRandom: false),
                Edit(dataset: "crypt/pass/child", path: "f", isRandom: true),
                Edit(dataset: "crypt/pass/clone", path: "new", isRandom: true),
            ]),
        Case(
            pool: "cryptraw",
            edits: [
                Edit(dataset: "cryptraw/src", path: "big", isRandom: false),
                Edit(dataset: "cryptraw/dst", path: "big", isRandom: true),
            ]),
    ]

    @Test("what was written is what everybody reads with the key", arguments: cases)
    func written(at place: Case) throws {
        let encrypted = try EncryptedPool(place.pool)
        let contents = try encrypted.contents()
        var transaction = try encrypted.transaction(contents)
        var expected: [[UInt8]] = []
        var random = SplitMix64(state: 77)
        for edit in place.edits {
            let dataset = try encrypted.dataset(edit.dataset, contents)
            let file = try encrypted.file(edit.path, of: edit.dataset, contents)
            let block: [UInt8] = (0..<file.object.blockSize).map { index in
                edit.isRandom ? random.next() : UInt8(index % 7 + 65)
            }
            var bytes = try encrypted.read(edit.path, of: edit.dataset, contents)
            let count = min(bytes.count, block.count)
            bytes.replaceSubrange(0..<count, with: block.prefix(count))
            expected.append(bytes)
            try transaction.editDataset(dataset.object) { set throws(RepairError) in
                try set.edit(file.number) { object throws(RepairError) in
                    try object.setBlock(0, block)
                }
            }
        }
        _ = try encrypted.copy.commit(transaction)
        #expect(try encrypted.repairer().check().problems.map(\.kind.code) == [])
        for (edit, bytes) in zip(place.edits, expected) {
            let after = try encrypted.contents()
            #expect(try encrypted.read(edit.path, of: edit.dataset, after) == bytes)
            if let judged = try encrypted.zdbReads(edit.path, of: edit.dataset) {
                #expect(judged == bytes, "\(edit.dataset)/\(edit.path)")
            }
        }
        try encrypted.copy.expectSound(pool: place.pool, importing: Effort.isThorough)
    }

    @Test func `without its key an encrypted dataset is not written to, and what opens it is said`()
        throws
    {
        let encrypted = try EncryptedPool("cryptraw")
        let contents = try encrypted.contents(unlocked: false)
        var transaction = try encrypted.transaction(contents)
        let dataset = try encrypted.dataset("cryptraw/src", contents)
        do throws(RepairError) {
            try transaction.editDataset(dataset.object) { _ throws(RepairError) in }
            Issue.record("the dataset was opened for writing")
        } catch {
            #expect("\(error)".contains("--key-file cryptraw/src=FILE"), "\(error)")
        }
    }
}
