import Bytes
import Datasets
import Devices
import Files
import Foundation
import Objects
import Synchronization
import TestSupport
import Testing
import Vdevs
import Verify

/// A run that was interrupted goes on, and finds what one without an interruption finds.
@Suite struct VerifyStateTests {
    private static func candidate(_ name: String) throws -> PoolCandidate {
        try #require(PoolFinder().find(in: [try TestPool.named(name).unpack()]).pools.first)
    }

    private static func run(
        _ pool: Pool, _ state: VerifyState?, _ interruption: Interruption = Interruption()
    ) throws -> VerifyResult {
        var options = VerifyOptions(threadCount: 2)
        options.state = state
        return try Verifier(
            PoolContents(pool), options, meter: ProgressMeter(), interruption: interruption
        ).run()
    }

    /// A pool of which a block of file contents can't be read.
    private static func damaged() throws -> PoolCandidate {
        var candidate = try candidate("snaps")
        let pool = try Pool.open(candidate)
        let dataset = try #require(try pool.datasets().dataset(named: "snaps/a@one"))
        let address = try pool.objectSet(of: dataset).object(7).dnode.pointer(0).dva(0)
        let (guid, device) = try #require(candidate.devices.first)
        candidate.devices[guid] = try Overlay(
            device,
            patches: [
                Patch(
                    at: address.offset + 4 << 20,
                    [UInt8](repeating: 0xa5, count: Int(address.allocatedSize)))
            ])
        return candidate
    }

    @Test("findings are the same after an interruption", arguments: [1, 100, 200, 300, 400])
    func resumed(reads: Int) throws {
        var candidate = try Self.damaged()
        let whole = try Self.run(try Pool.open(candidate), nil)
        #expect(whole.problems.map(\.kind) == [.blockChecksum])
        let folder = try ScratchFolder()
        let path = "\(folder.path)/state"
        let (guid, device) = try #require(candidate.devices.first)
        let pool = try Pool.open(candidate)
        let interruption = Interruption()
        candidate.devices[guid] = InterruptingDevice(device, interruption, afterReads: reads)
        let first = try VerifyState(path: path, pool, depth: .standard)
        let interrupted = try Self.run(try Pool.open(candidate), first, interruption)
        #expect(interrupted.isCancelled)
        candidate.devices[guid] = device
        let again = try Pool.open(candidate)
        let second = try VerifyState(path: path, again, depth: .standard)
        let resumed = try Self.run(again, second)
        #expect(resumed.problems == whole.problems)
        #expect(resumed.unchecked == whole.unchecked)
        #expect(!resumed.isCancelled)
        try second.remove()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `what was proven is not read again, and what was found wrong is`() throws {
        let candidate = try Self.damaged()
        let folder = try ScratchFolder()
        let path = "\(folder.path)/state"
        let pool = try Pool.open(candidate)
        let full = try Self.run(pool, try VerifyState(path: path, pool, depth: .standard))
        let again = try VerifyState(path: path, pool, depth: .standard)
        let tree = try pool.datasets()
        let damaged = try #require(tree.dataset(named: "snaps/a@one")).object
        #expect(!again.proven.contains(damaged))
        #expect(
            again.proven.isSuperset(of: [try #require(tree.dataset(named: "snaps/vol")).object]))
        let rest = try Self.run(pool, again)
        #expect(rest.problems == full.problems)
        let read = (full.space?.totals.readBytes ?? 0, rest.space?.totals.readBytes ?? 0)
        #expect(read.1 < read.0, "\(read)")
    }

    @Test func `a state of another pool, group or depth is refused, and so is another file`()
        throws
    {
        let folder = try ScratchFolder()
        let path = "\(folder.path)/state"
        let candidate = try Self.candidate("snaps")
        let pool = try Pool.open(candidate)
        _ = try Self.run(pool, try VerifyState(path: path, pool, depth: .standard))
        func refusal(_ pool: Pool, _ depth: VerifyDepth) -> String {
            do {
                _ = try VerifyState(path: path, pool, depth: depth)
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(refusal(pool, .standard) == "")
        #expect(refusal(pool, .deep).contains("another depth"))
        let older = try Pool.open(candidate, PoolOptions(.txg(TransactionGroup(84))))
        #expect(refusal(older, .standard).contains("give --txg 93"))
        #expect(
            refusal(try Pool.open(try Self.candidate("basic")), .standard)
                .contains("is of the pool with GUID"))
        try Data("something else".utf8).write(to: URL(fileURLWithPath: path))
        #expect(refusal(pool, .standard).contains("exists and is no"))
    }

    @Test
    func `a second run reads only contents that the first could not prove, and finds the same`()
        throws
    {
        let pool = try Pool.open(try Self.damaged())
        var options = VerifyOptions(threadCount: 2)
        options.keepsSurvey = true
        func run() throws -> VerifyResult {
            try Verifier(
                PoolContents(pool), options, meter: ProgressMeter(), interruption: Interruption()
            ).run()
        }
        let first = try run()
        let proven = try #require(first.proven)
        let damaged = Set(first.problems.compactMap(\.location.objectSet))
        #expect(!damaged.isEmpty && proven.datasets.isDisjoint(with: damaged))
        #expect(!proven.datasets.isEmpty)
        options.earlier = proven
        let second = try run()
        #expect(second.problems.map(\.kind) == first.problems.map(\.kind))
        let read = try (#require(first.space), #require(second.space))
        #expect(read.1.totals.readBytes < read.0.totals.readBytes)
        #expect(read.1.totals.readBytes > 0)
    }
}
