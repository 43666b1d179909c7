import Bytes
import Codecs
import Datasets
import Files
import Objects
import TestSupport
import Testing

/// Intent logs of encrypted datasets, which OpenZFS 2.3.2 wrote before its process ended without an export.
///
/// `make-logs.c` beside the archives says what it was asked to write.
@Suite struct EncryptedLogTests {
    /// An archive and the dataset in it, one of each kind of cipher: aes-256-gcm and aes-128-ccm.
    static let logs = [("gcmlog", "gcmlog/gcm"), ("ccmlog", "ccmlog/ccm")]

    /// The wrapping key that the generator gave, as its user types it.
    private static let key = TestPool.userKey(
        "6162636465666768696a6b6c6d6e6f707172737475767778797a303132333435")

    private func contents(_ archive: String, replaying: Bool = false) throws -> PoolContents {
        let pool = TestPool(
            name: archive,
            archive: "\(Project.root)/Tests/FilesTests/Vectors/\(archive).tar.zst")
        let candidate = try #require(try pool.candidates().first)
        return PoolContents(try Pool.open(candidate), replaying: replaying)
    }

    private func records(_ contents: PoolContents, _ name: String) throws -> [LogRecord] {
        let set = try contents.objectSet(of: try contents.dataset(named: name))
        var records: [LogRecord] = []
        let end = IntentLog(set.header.intentLog, source: set.source).forEachBlock {
            records += $0.records
        }
        guard case .notWritten = end else {
            Issue.record("the log \(end)")
            return []
        }
        return records
    }

    @Test("with the key the records are those that were written", arguments: logs)
    func decrypted(archive: String, dataset: String) throws {
        let contents = try contents(archive)
        let keyring = try #require(contents.keyring)
        #expect(try keyring.add(Self.key, for: dataset).isEmpty)
        let records = try records(contents, dataset)
        #expect(records.map(\.type) == [.write, .create, .setExtendedAttribute, .cloneRange])
        guard records.count == 4, case .decoded(let first) = records[0].body,
            case .decoded(let second) = records[1].body,
            case .decoded(let third) = records[2].body,
            case .decoded(let fourth) = records[3].body
        else {
            Issue.record("\(records.map(\.body))")
            return
        }
        let write = try #require(first as? LoggedWrite)
        #expect(write.offset == 1512)
        #expect(write.source == .inline(Array("second secret words of the log".utf8)))
        let creation = try #require(second as? LoggedCreation)
        #expect(creation.name == FileName("made-second"))
        #expect(creation.mode == 0o100600)
        #expect(creation.user == 1000)
        let attribute = try #require(third as? LoggedExtendedAttribute)
        #expect(attribute.name == FileName("user.note"))
        #expect(attribute.value == Array("secret".utf8))
        let clone = try #require(fourth as? LoggedClone)
        #expect(clone.offset == 8192)
        #expect(clone.pointers.count == 2)
    }

    @Test("without the key the types are told, and nothing of what is in them", arguments: logs)
    func sealed(archive: String, dataset: String) throws {
        let records = try records(try contents(archive), dataset)
        #expect(records.map(\.type) == [.write, .create, .setExtendedAttribute, .cloneRange])
        for record in records {
            guard case .encrypted = record.body else {
                Issue.record("\(record.body)")
                continue
            }
        }
    }

    @Test("a replay shows what was written", arguments: logs)
    func replayed(archive: String, dataset: String) throws {
        let contents = try contents(archive, replaying: true)
        try #require(contents.keyring).add(Self.key, for: dataset)
        let made = try contents.open(PoolItem(dataset: dataset, part: .path("/made-second")))
        #expect(made.file?.attributes.permissions == 0o600)
        let base = try #require(
            try contents.open(PoolItem(dataset: dataset, part: .path("/base"))).file)
        // The clone of two holes made the file longer.
        #expect(base.attributes.size == 16384)
        let text = "second secret words of the log"
        let bytes = try base.contents.read(at: 1512, count: text.utf8.count)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
        #expect(try base.contents.read(at: 8192, count: 8192).allSatisfy { $0 == 0 })
        #expect(ExtendedAttributes(of: base)["user.note"] == Array("secret".utf8))
    }
}
