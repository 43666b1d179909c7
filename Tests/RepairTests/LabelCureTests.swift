import Bytes
import Datasets
import Devices
import Files
import Foundation
import Repair
import TestSupport
import Testing
import Vdevs
import Verify

/// Labels made from the pool's own configuration: those that ZFS wrote, and those that were lost with a whole device.
@Suite struct LabelCureTests {
    @Test(
        "labels made from the configuration say what ZFS wrote into them",
        arguments: [
            "basic", "mirror", "raidz1", "raidz3", "draid2", "classes", "removal", "checkpoint",
            "be-disk", "replacing", "v28", "crypt",
        ])
    func written(name: String) throws {
        let folder = try TestPool.named(name).unpack()
        let pool = try Pool.open(try #require(PoolFinder().find(in: [folder]).pools.first))
        var count = 0
        for member in pool.candidate.members where member.soundLabels == 4 && !member.isStale {
            let device = try #require(pool.candidate.devices[member.guid])
            let own = try #require(LabelSet(device).best?.config.list)
            guard own.txg(ConfigKey.poolTxg) == pool.config?.identity.txg else { continue }
            let made = try #require(pool.labelConfig(of: member.guid, txg: pool.txg))
            let differences = made.differences(from: own, ignoring: [ConfigKey.poolTxg])
            #expect(differences == [], "\(member.name)")
            count += 1
        }
        #expect(count > 0)
    }

    /// Zeros in the place of all labels of a device.
    private func wipe(_ path: String) throws {
        let device = try FileDevice(path: path)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        for label in 0..<LabelPart.labelCount {
            let offset = try #require(
                LabelPart.labelOffset(label, deviceSize: device.byteCount))
            try handle.seek(toOffset: offset)
            try handle.write(contentsOf: Data(count: LabelPart.labelSize))
        }
    }

    @Test(
        "a device without any label is known by its contents and gets its labels back",
        arguments: ["mirror", "raidz1"])
    func lost(name: String) throws {
        let copy = try PoolCopy(name)
        let whole = try copy.open()
        let victim = try #require(whole.candidate.members.last)
        try wipe(victim.name)
        let pool = try copy.open()
        #expect(pool.candidate.recognised == [victim.guid])
        #expect(pool.candidate.devices[victim.guid]?.name == victim.name)
        let plan = try copy.cure(CureCatalogue.all, found: [.labelLost])
        #expect(plan.classes == [.rebuild])
        #expect(plan.commit.missed == [])
    }

    @Test(
        "an overlay lies over devices that have the pool's labels in it alone",
        arguments: [true, false])
    func overlaid(isForeign: Bool) throws {
        let copy = try PoolCopy("mirror")
        let victims = try copy.open().candidate.members.suffix(isForeign ? 1 : 2)
        for victim in victims {
            if isForeign {
                try LabelEditor.edit(victim.name) { list in
                    LabelEditor.set(ConfigKey.poolGUID, .uint64(4711), in: &list)
                    LabelEditor.set(ConfigKey.poolName, .string("other"), in: &list)
                }
            } else {
                try wipe(victim.name)
            }
        }
        let pool = try copy.open()
        #expect(pool.candidate.recognised == Set(victims.map(\.guid)))
        let repairer = Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
        let plan = try #require(
            try repairer.plan(
                try repairer.check(), cures: [LabelCure.self], time: 2_000_000_000))
        let folder = try ScratchFolder()
        let path = "\(folder.path)/overlay"
        try repairer.write(plan, overlay: path, over: nil)
        let findings = PoolFinder(overlay: try PoolOverlay(path: path)).find(in: [copy.path])
        let candidate = try #require(findings.pools.first { $0.guid == pool.guid })
        #expect(candidate.missing.isEmpty)
        let seen = try Pool.open(candidate)
        #expect(seen.txg == plan.commit.txg)
        #expect(seen.candidate.recognised.isEmpty)
    }

    @Test func `labels of another pool are given up by consent`() throws {
        let copy = try PoolCopy("mirror")
        let victim = try #require(try copy.open().candidate.members.last)
        try LabelEditor.edit(victim.name) { list in
            LabelEditor.set(ConfigKey.poolGUID, .uint64(4711), in: &list)
            LabelEditor.set(ConfigKey.poolName, .string("other"), in: &list)
        }
        let plan = try copy.cure(CureCatalogue.all, found: [.labelOtherPool])
        #expect(plan.classes == [.discard])
        #expect(plan.actions.flatMap(\.losses).count == 1)
    }

    @Test func `a device that is told by its contents is left alone by other cures`() throws {
        let copy = try PoolCopy("mirror")
        let victim = try #require(try copy.open().candidate.members.last)
        try wipe(victim.name)
        let commit = try copy.touched().prepare(time: 2_000_000_000)
        #expect(!commit.devices.contains(victim.guid))
        #expect(commit.missed == [victim.guid])
    }

    @Test func `a device with other contents is not taken for the missing one`() throws {
        let copy = try PoolCopy("mirror")
        let victim = try #require(try copy.open().candidate.members.last)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: victim.name))
        try wipe(victim.name)
        let pool = try copy.open()
        let root = pool.uberblock.rootPointer.dva(0)
        try handle.seek(toOffset: root.offset + (4 << 20))
        try handle.write(contentsOf: Data([1, 2, 3, 4]))
        try handle.close()
        #expect(try copy.open().candidate.recognised == [])
    }
}
