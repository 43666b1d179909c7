import Bytes
import Datasets
import Devices
import Foundation
import Repair
import TestSupport
import Testing
import Vdevs
import Verify

/// A copy of a pool's devices that a test may write to.
final class PoolCopy {
    /// The folder with the pool's files.
    let path: String
    private let folder: ScratchFolder

    /// A copy of a healthy pool.
    init(_ name: String) throws {
        folder = try ScratchFolder()
        path = "\(folder.path)/\(name)"
        try Command.run(
            "cp", "-r", "--sparse=always", "--reflink=auto", try TestPool.named(name).unpack(),
            path)
    }

    /// A damaged pool of `TestPools/cases`.
    init(case name: String) throws {
        folder = try ScratchFolder()
        try Command.run("\(Project.testPools)/cases/apply-case", name, folder.path)
        path = "\(folder.path)/\(try #require(name.split(separator: "-").first))"
    }

    /// All bytes of all its files, by name.
    func image() throws -> [String: Data] {
        let files = try FileManager.default.contentsOfDirectory(atPath: path)
        return Dictionary(
            uniqueKeysWithValues: try files.map {
                ($0, try Data(contentsOf: URL(fileURLWithPath: "\(path)/\($0)")))
            })
    }

    func open() throws -> Pool {
        try Pool.open(try #require(PoolFinder().find(in: [path]).pools.first))
    }

    /// Changes what stands on the devices, with all checksums right.
    func edit(_ body: (inout PoolEditor) throws -> Void) throws {
        let pool = try open()
        var editor = PoolEditor(
            reader: pool.reader, uberblock: pool.uberblock,
            files: pool.candidate.devices.mapValues(\.name))
        try body(&editor)
    }

    /// Changes the newest uberblock in all its copies.
    func editUberblock(_ change: (inout [UInt8], ByteOrder) throws -> Void) throws {
        try edit { try $0.editUberblock(change) }
    }

    /// Everything that a space check says, with the survey.
    func check(_ pool: Pool? = nil) throws -> SpaceCheckResult {
        var options = SpaceCheckOptions(threadCount: 2, depth: .metadata)
        options.keepsSurvey = true
        return try SpaceCheck(
            try pool ?? open(), options, meter: ProgressMeter(), interruption: Interruption()
        ).run()
    }

    /// A transaction on the pool as it is.
    func transaction() throws -> Transaction {
        let pool = try open()
        return try Transaction(pool, try #require(try check(pool).survey))
    }

    /// A transaction that writes the configuration of the pool again as it is.
    func touched() throws -> Transaction {
        var transaction = try transaction()
        try Self.touch(&transaction)
        return transaction
    }

    static func touch(_ transaction: inout Transaction) throws(RepairError) {
        guard let config = transaction.pool.directory.object(.config) else { return }
        try transaction.meta.edit(config) { object throws(RepairError) in
            try object.setBlock(0, try object.block(0))
        }
    }

    /// The pool's devices, opened for writing.
    func targets(_ pool: Pool) throws -> [GUID: any WritableTarget] {
        try PoolTargets.open(pool)
    }

    func commit(_ transaction: Transaction) throws -> PreparedCommit {
        let commit = try transaction.prepare(time: UInt64(Date().timeIntervalSince1970))
        try CommitSequence.run(commit, on: try targets(transaction.pool))
        return commit
    }

    /// Holds the pool against our own check, zdb and an import by OpenZFS.
    func expectSound(pool: String, importing: Bool = true) throws {
        func expectNothing() throws {
            let result = try check()
            #expect(result.problems.map { "\($0.kind.code) \($0.location.record)" } == [])
            #expect(result.unchecked.map { "\($0.what): \($0.why)" } == [])
        }
        try expectNothing()
        if let zdb = try zdb(pool) {
            #expect(zdb.status == 0, "\(zdb.text) \(zdb.errorText)")
            #expect(zdb.text.contains("No leaks"), "\(zdb.text)")
        }
        if importing, let imported = try importReadWrite(pool) {
            #expect(imported.status == 0, "\(imported.text) \(imported.errorText)")
            try expectNothing()
        }
    }

    /// What zdb says of the pool when it walks all of it; nil where it is not installed.
    func zdb(_ pool: String) throws -> Command? { try Zdb.walk(pool, in: path) }

    /// Has real OpenZFS import the pool read-write in userland, commit and export it; nil where that is not possible here.
    func importReadWrite(_ pool: String) throws -> Command? {
        guard Command.exists("zhack"), geteuid() == 0 else { return nil }
        return try Command("\(Project.root)/Scripts/import-in-userland", [path, pool])
    }
}
