import Bytes
import Codecs
import Datasets
import Devices
import Files
import Foundation
import Objects
import Repair
import TestSupport
import Testing
import Verify

/// A copy of a pool with encrypted datasets, and their keys.
final class EncryptedPool {
    let copy: PoolCopy
    let name: String
    private let folder: ScratchFolder

    init(_ name: String) throws {
        self.name = name
        copy = try PoolCopy(name)
        folder = try ScratchFolder()
    }

    /// A key, as `keyformat` has it, and what it opens.
    private struct Key {
        let dataset: String
        let bytes: [UInt8]
        let isRaw: Bool

        init(_ dataset: String, _ text: String) {
            (self.dataset, bytes, isRaw) = (dataset, Array(text.utf8), false)
        }

        init(raw dataset: String) {
            (self.dataset, bytes, isRaw) = (dataset, Array(0..<32), true)
        }
    }

    private static let keys = [
        // AES-256-GCM, compressed.
        Key("crypt/pass", "correct horse battery staple"),
        // AES-128-CCM, not compressed.
        Key("crypt/hex", "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"),
        // AES-192-GCM, the second of them received without its key.
        Key(raw: "cryptraw/src"), Key(raw: "cryptraw/dst"),
    ]

    private var ownKeys: [Key] { Self.keys.filter { $0.dataset.hasPrefix("\(name)/") } }

    /// The pool as it is now, with all keys or without any.
    func contents(unlocked: Bool = true) throws -> PoolContents {
        let contents = PoolContents(try copy.open())
        guard unlocked else { return contents }
        for key in ownKeys {
            try contents.unlock(
                key.dataset, with: UserKey(SecretBytes(copying: key.bytes.rawBytes)))
        }
        return contents
    }

    func repairer(unlocked: Bool = true) throws -> Repairer {
        Repairer(
            try contents(unlocked: unlocked), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
    }

    /// A transaction on the pool as it is, with all keys.
    func transaction(_ contents: PoolContents) throws -> Transaction {
        try Transaction(
            contents.pool, try #require(try copy.check(contents.pool).survey))
    }

    func dataset(_ name: String, _ contents: PoolContents) throws -> Dataset {
        try #require(try contents.pool.datasets().dataset(named: name))
    }

    /// A file, by its path from the root of its file system.
    func file(_ path: String, of name: String, _ contents: PoolContents) throws -> File {
        let set = try contents.pool.objectSet(of: try dataset(name, contents))
        return try Filesystem(set).file(at: path)
    }

    /// All bytes of a file.
    func read(_ path: String, of name: String, _ contents: PoolContents) throws -> [UInt8] {
        let reader = try file(path, of: name, contents).contents
        return try reader.read(at: 0, count: Int(reader.size))
    }

    /// What real OpenZFS reads of a file with the key; nil where zdb is not installed, or does not take the key: zdb 2.3.2
    /// knows no raw ones.
    func zdbReads(_ path: String, of dataset: String) throws -> [UInt8]? {
        let key = try #require(ownKeys.first { dataset.hasPrefix($0.dataset) })
        guard !key.isRaw else { return nil }
        let argument = String(decoding: key.bytes, as: UTF8.self)
        let target = "\(folder.path)/file"
        let said = try Zdb.run(
            "-e", "-p", copy.path, "-K", argument, "-r", dataset, path, target)
        guard let run = said else { return nil }
        #expect(run.status == 0, "\(run.text) \(run.errorText)")
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: target)))
    }

    /// What zdb says of all objects of a dataset, whose dnodes it decrypts with the key.
    func expectReadable(_ dataset: String) throws {
        let key = try #require(ownKeys.first { dataset.hasPrefix($0.dataset) && !$0.isRaw })
        let argument = String(decoding: key.bytes, as: UTF8.self)
        let said = try Zdb.run("-e", "-p", copy.path, "-K", argument, "-ddddd", dataset)
        guard let run = said else { return }
        #expect(run.status == 0, "\(run.errorText)")
        #expect(!run.text.contains("failed to retrieve"), "\(run.text)")
    }
}
