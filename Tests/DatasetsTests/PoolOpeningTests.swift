import Bytes
import Datasets
import Devices
import Objects
import TestSupport
import Testing
import Vdevs

/// What opening does with damage, with missing devices, and when it is asked for another state.
@Suite struct PoolOpeningTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// The pool of a damaged case, which is the first word of the case's name.
    private func damaged(_ name: String) throws -> PoolCandidate {
        try Command.run("\(Project.testPools)/cases/apply-case", name, folder.path)
        let pool = try #require(name.split(separator: "-").first)
        let found = PoolFinder().find(in: ["\(folder.path)/\(pool)"]).pools
        return try #require(found.first { $0.name == pool })
    }

    private func healthy(_ name: String) throws -> PoolCandidate {
        let found = try TestPool.named(name).candidates()
        return try #require(found.first)
    }

    @Test func `where the newest root is garbage, an older txg is read and said so`() throws {
        let pool = try Pool.open(try damaged("basic-newest-uberblock-garbage"))
        #expect(pool.txg.rawValue == 90)
        #expect(
            try pool.datasets().datasets.map(\.name) == ["basic", "basic/embedded", "basic/xdir"])
        #expect(
            pool.notes.all.contains { $0.kind == .damage && $0.place == "uberblock of txg 91" })
        #expect(pool.notes.all.contains { $0.kind == .state && $0.cause.contains("newer") })
    }

    @Test func `a string with a NUL in the configuration is told with its path`() throws {
        let pool = try Pool.open(try damaged("basic-mos-config-string-with-nul"))
        let note = try #require(pool.notes.all.first { $0.kind == .damage })
        #expect(note.place.hasSuffix("of the MOS (config)"))
        #expect(note.cause.contains("NUL"))
        #expect(try pool.datasets().datasets.count == 3)
    }

    @Test func `an unknown feature that only writers must know is no damage`() throws {
        let pool = try Pool.open(try damaged("basic-unknown-feature-for-write"))
        #expect(pool.features.unknownForWriting.map(\.guid) == ["com.example:mystery"])
        #expect(pool.notes.all.map(\.kind) == [.state])
        #expect(try pool.datasets().datasets.count == 3)
    }

    @Test(arguments: [
        "basic-labels-012-wiped", "basic-label-of-another-pool", "basic-label-checksum",
        "basic-uberblock-txg-huge", "basic-lz4-length-header", "basic-feature-count-zero",
        "snaps-snapshot-chain-broken",
    ])
    func `damage elsewhere does not bar the way to the datasets`(_ name: String) throws {
        let pool = try Pool.open(try damaged(name))
        let healthy = try Pool.open(try healthy(pool.name))
        #expect(
            try pool.datasets().datasets.map(\.name) == healthy.datasets().datasets.map(\.name))
    }

    @Test func `a history that can't be read is damage, and all else is there`() throws {
        let pool = try Pool.open(try damaged("basic-lz4-length-header"))
        #expect(try pool.historyRecords().isEmpty)
        #expect(pool.notes.hasDamage)
        let healthy = try Pool.open(try healthy("basic"))
        #expect(pool.spaceBooks().total().size == healthy.spaceBooks().total().size)
    }

    @Test func `a dedup log with a record that can't be is damage with its place`() throws {
        let pool = try Pool.open(try damaged("fastdedup-log-record-of-length-zero"))
        let table = try #require(pool.dedupTables().first)
        let log = try #require(table.logs.first { $0.header.length > 0 })
        #expect(table.entries(of: log).count < 375)
        let note = try #require(pool.notes.all.first)
        #expect(note.place == "object \(log.object.number) of the MOS (DDT-log-sha256-0)")
        #expect(note.cause.contains("dlr_info"))
    }

    @Test func `an older txg is read where its uberblock is still there`() throws {
        let candidate = try healthy("snaps")
        let newest = try Pool.open(candidate)
        let older = try #require(newest.uberblocks.first { $0.txg < newest.txg })
        let pool = try Pool.open(candidate, PoolOptions(.txg(older.txg)))
        #expect(pool.txg == older.txg)
        #expect(pool.notes.all == [])
    }

    @Test func `for a txg without an uberblock the one before it is read`() throws {
        let candidate = try healthy("snaps")
        let newest = try Pool.open(candidate)
        let wanted = TransactionGroup(newest.txg.rawValue + 1000)
        let pool = try Pool.open(candidate, PoolOptions(.txg(wanted)))
        #expect(pool.txg == newest.txg)
        #expect(pool.notes.all.map(\.kind) == [.state])
    }

    @Test func `a txg before the oldest uberblock is refused`() throws {
        let candidate = try healthy("snaps")
        #expect(throws: PoolError.self) {
            try Pool.open(candidate, PoolOptions(.txg(TransactionGroup(1))))
        }
    }

    @Test func `the checkpoint holds what was there when it was taken`() throws {
        let candidate = try healthy("checkpoint")
        let pool = try Pool.open(candidate, PoolOptions(.checkpoint))
        // As zdb prints the checkpointed uberblock of this pool.
        #expect(pool.txg.rawValue == 20)
        #expect(pool.uberblock.rootPointer.birth.rawValue == 15)
        #expect(pool.uberblock.rootPointer.fill == 61)
        #expect(pool.isCheckpoint)
        #expect(try Pool.open(candidate).checkpoint()?.txg.rawValue == 20)
    }

    @Test func `a pool without a checkpoint says so`() throws {
        let candidate = try healthy("basic")
        #expect(throws: PoolError.absent("the pool has no checkpoint")) {
            try Pool.open(candidate, PoolOptions(.checkpoint))
        }
    }

    @Test func `a lost top-level vdev is damage, and what lies elsewhere is read`() throws {
        var candidate = try healthy("stripe")
        let single = try #require(candidate.root.children.first(where: \.isLeaf)?.guid)
        candidate.devices[single] = nil
        let pool = try Pool.open(candidate)
        let note = try #require(pool.notes.all.first { $0.place.hasPrefix("vdev") })
        #expect(note.kind == .damage)
        #expect(note.cause.hasPrefix("1 of 1 devices not found"))
        // Metadata have copies on several vdevs.
        #expect(try pool.datasets().datasets.count == 2)
    }

    @Test func `a lost mirror side is a state and no damage`() throws {
        var candidate = try healthy("mirror")
        let leaf = try #require(candidate.root.leaves.first?.guid)
        candidate.devices[leaf] = nil
        let pool = try Pool.open(candidate)
        #expect(pool.notes.all.map(\.kind) == [.state])
    }

    @Test func `without any device there is no pool`() throws {
        var candidate = try healthy("basic")
        candidate.devices = [:]
        #expect(throws: PoolError.noUberblock([])) { try Pool.open(candidate) }
    }
}
