import Bytes
import Datasets
import Devices
import Files
import TestSupport
import Testing
import Verify

/// What the deep walk says of devices that no file can stand in for.
@Suite struct CopyAuditTests {
    /// The pool `mirror` with one side behaving like that.
    private func verify(_ behaviour: HostileDevice.Behaviour) throws -> VerifyResult {
        var candidate = try EditedPool.find(try TestPool.named("mirror").unpack())
        let (guid, device) = try #require(
            candidate.devices.first { $0.value.name.hasSuffix("/d1") })
        candidate.devices[guid] = HostileDevice(device, behaviour)
        return try Verifier(
            PoolContents(try Pool.open(candidate)),
            VerifyOptions(
                threadCount: 2, depth: .deep, selection: CheckSelection(only: ["redundancy"])),
            meter: ProgressMeter(), interruption: Interruption()
        ).run()
    }

    @Test func `a side that can't be read is told of once`() throws {
        let result = try verify(.failing)
        #expect(result.problems.map(\.kind) == [.copyUnreadable])
        #expect(result.damagedCopies.blocks.isEmpty)
    }

    @Test func `a side that lies is told of once, and its blocks can be mended`() throws {
        let result = try verify(.lying)
        #expect(result.problems.map(\.kind) == [.deviceDamaged])
        #expect(result.damagedCopies.blocks.count > 64)
        #expect(result.damagedCopies.isComplete)
    }

    @Test func `a single place that can't be read is told with its block`() throws {
        // The first reads of that side are those of the pool's opening, so one of the audit's fails.
        let result = try verify(.failingOnce(200))
        #expect(result.problems.map(\.kind) == [.copyUnreadable])
        #expect(result.damagedCopies.blocks.isEmpty)
    }

    @Test func `an interrupted walk says nothing of what it did not look at`() throws {
        let interruption = Interruption()
        interruption.request()
        let candidate = try EditedPool.find(try TestPool.named("mirror").unpack())
        let result = try Verifier(
            PoolContents(try Pool.open(candidate)), VerifyOptions(threadCount: 2, depth: .deep),
            meter: ProgressMeter(), interruption: interruption
        ).run()
        #expect(result.isCancelled)
        #expect(result.problems == [])
    }
}
