import Bytes
import Datasets
import Devices
import Files
import Foundation
import Objects
import Repair
import TestSupport
import Testing
import Vdevs
import Verify

/// The damage for which this program was begun: pools that panicked a kernel, or that no tool would open.
@Suite struct SeedStoryTests {
    private func repairer(_ pool: Pool) -> Repairer {
        Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
    }

    /// A hash of the contents of every file, by dataset and object; what can't be read has none.
    private func files(_ pool: Pool) throws -> [String: String] {
        var hashes: [String: String] = [:]
        for dataset in try pool.datasets().root.datasets where !dataset.rootPointer.isHole {
            guard let set = try? pool.objectSet(of: dataset) else { continue }
            set.forEachDnode { visit in
                guard case .object(let object) = visit, object.type == .plainFile else { return }
                let blocks = (0...object.dnode.maximumBlockID).compactMap { try? object.block($0) }
                hashes["\(dataset.name)#\(object.number)"] = try? PatchFile.hash(of: blocks)
            }
        }
        return hashes
    }

    /// Repairs a copy; returns what was found before and after, and what was given up.
    private func repaired(
        _ copy: PoolCopy
    ) throws -> (before: VerifyResult, after: VerifyResult, losses: [RepairLoss]) {
        let repairer = repairer(try copy.open())
        let before = try repairer.check()
        let plan = try #require(
            try repairer.plan(before, cures: CureCatalogue.all, time: 2_000_000_000))
        let folder = try ScratchFolder()
        try repairer.commit(plan, undoLog: "\(folder.path)/undo", isWatched: false)
        return (before, try repairer.reopened().check(), plan.actions.flatMap(\.losses))
    }

    /// The codes of what is damaged.
    private func codes(_ result: VerifyResult) -> [String] {
        result.problems.filter { $0.kind.severity.isDamage }.map(\.kind.code)
    }

    @Test(
        "the double free of 2.3.2 is cured with no data lost",
        arguments: ["basic-spacemap-double-free", "basic-log-spacemap-double-free"])
    func doubleFree(name: String) throws {
        let copy = try PoolCopy(case: name)
        let before = try files(try copy.open())
        #expect(before.count > 3)
        let (found, left, losses) = try repaired(copy)
        #expect(codes(found).contains { $0.hasSuffix("double-free") })
        #expect(codes(left) == [])
        #expect(losses == [])
        #expect(try files(try copy.open()) == before)
        try copy.expectSound(pool: "basic")
    }

    @Test func `a ZAP broken by a shrink is found and its names are kept`() throws {
        let copy = try PoolCopy(case: "bigdir-zap-pointer-table")
        let found = try repairer(try copy.open()).check()
        let zap = found.problems.filter { $0.kind.family == "zap" }
        #expect(!zap.isEmpty)
        let names = try names(copy, zap)
        // The same pool with a damage of another directory.
        let intact = try self.names(try PoolCopy(case: "bigdir-zap-entry-count"), zap)
        #expect(names == intact && !names.isEmpty)
        guard CureCatalogue.names.contains("zap") else { return }
        let (_, left, losses) = try repaired(copy)
        // What a snapshot has it keeps.
        let snapshots = Set(
            try copy.open().datasets().datasets.filter(\.isSnapshot).map(\.object))
        let ofHeads = left.problems.filter { problem in
            problem.kind.severity.isDamage
                && problem.location.objectSet.map { snapshots.contains($0) } != true
        }
        #expect(ofHeads.map(\.kind.code) == [])
        #expect(losses == [])
        #expect(try self.names(copy, zap) == names)
        try copy.expectSound(pool: "bigdir")
    }

    /// The names in the directory that a problem is about, as far as they are found.
    private func names(_ copy: PoolCopy, _ problems: [Problem]) throws -> Set<String> {
        let pool = try copy.open()
        let place = try #require(problems.first?.location)
        let (set, number) = (try #require(place.objectSet), try #require(place.object))
        let dataset = try #require(
            try pool.datasets().root.datasets.first { $0.object == set })
        let zap = try ZAP(try pool.objectSet(of: dataset).object(number))
        return Set(zap.contents().entries.map(\.name))
    }

    @Test(
        "a malformed LZ4 payload in metadata is a finding, and all else is read",
        arguments: ["basic-lz4-truncated-dnodes", "basic-lz4-length-header"])
    func lz4(name: String) throws {
        let copy = try PoolCopy(case: name)
        let pool = try copy.open()
        let start = ContinuousClock.now
        let found = try repairer(pool).check()
        // A length of 2 GiB in its header must not be believed.
        #expect(ContinuousClock.now - start < .seconds(60))
        let problem = try #require(
            found.problems.first { $0.kind.code == "block.decompress-failed" })
        #expect(problem.kind.severity.isDamage)
        #expect(problem.location.object != nil)
        // The same pool with another damage, one that no file has to do with.
        let intact = try files(try PoolCopy(case: "basic-spacemap-total-wrong").open())
        for (file, hash) in try files(pool) {
            #expect(intact[file] == nil || intact[file] == hash, "\(file)")
        }
    }

    @Test func `a label whose strings hold NULs is found and written anew`() throws {
        let copy = try PoolCopy(case: "basic-label0-string-with-nul")
        let (found, left, losses) = try repaired(copy)
        #expect(codes(found).contains("nvlist.embedded-nul"))
        #expect(codes(left) == [])
        #expect(losses == [])
        try copy.expectSound(pool: "basic")
    }

    @Test func `a cache file whose strings hold NULs still leads to its pools`() throws {
        let folder = try TestPool.named("cachefile").unpack()
        var bytes = [UInt8](
            try Data(contentsOf: URL(fileURLWithPath: "\(folder)/zpool.cache")))
        let whole = try CacheFile(bytes.rawBytes)
        let pool = try #require(whole.pools.first)
        // The value of the pool's own name, not the name under which the file has it.
        let name = [UInt8]("name".utf8)
        let value = [UInt8](pool.name.utf8)
        var spoilt = 0
        for index in 0..<(bytes.count - 64) where bytes[index...].starts(with: name) {
            let rest = bytes[(index + 4)..<(index + 32)]
            guard let place = rest.indices.first(where: { rest[$0...].starts(with: value) })
            else { continue }
            bytes[place + 1] = 0
            spoilt += 1
        }
        #expect(spoilt > 0)
        let scratch = try ScratchFolder()
        let path = "\(scratch.path)/zpool.cache"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let damaged = try CacheFile(bytes.rawBytes)
        #expect(damaged.pools.count == whole.pools.count)
        #expect(damaged.findings.contains { "\($0)".contains("NUL") || "\($0)".contains("nul") })
        let selector = PoolSelector(search: [folder], cacheFile: path)
        let guid = try #require(pool.identity.poolGUID)
        #expect(try selector.select(pool.name).guid == guid)
        #expect(try Pool.open(try selector.select("\(guid)")).guid == guid)
    }
}
