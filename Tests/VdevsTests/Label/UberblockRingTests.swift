import Bytes
import Codecs
import Devices
import TestSupport
import Testing
import Vdevs

@Suite struct UberblockRingTests {
    /// The ring of label 0 of a device.
    private static func ring(
        _ pool: String, _ device: String = "d0", ashift: UInt64? = nil
    ) throws -> UberblockRing {
        let folder = try TestPool.named(pool).unpack()
        let file = try FileDevice(path: "\(folder)/\(device)")
        let place = UInt64(LabelPart.uberblockRing.range.lowerBound)
        let bytes = try file.read(at: place, count: LabelPart.uberblockRing.range.count)
        return UberblockRing(bytes.rawBytes, at: place, ashift: ashift)
    }

    @Test(arguments: [("basic", 10), ("raidz2", 12), ("be-raidz1", 12)])
    func `the slot size is found without the label`(pool: String, shift: Int) throws {
        let ring = try Self.ring(pool)
        #expect(ring.slotShift == shift)
        #expect(ring.isGuessed)
        #expect(ring.slots.count == (128 << 10) >> shift)
    }

    @Test(arguments: [0, 9, 10, 63, 64, UInt64.max])
    func `a label that tells a wrong ashift does not hide the ring`(ashift: UInt64) throws {
        let ring = try Self.ring("raidz2", ashift: ashift)
        #expect(ring.slotShift == 12)
        #expect(ring.isGuessed)
    }

    @Test func `every slot of a sound ring passes its checksum`() throws {
        let ring = try Self.ring("basic", ashift: 9)
        #expect(!ring.isGuessed)
        let roles = ring.slots.map { $0.role(in: ring.slots.count) }
        #expect(roles.count { $0 == .commit } == 74)
        #expect(roles.count { $0 == nil } == ring.slots.count { $0.isEmpty })
        #expect(ring.slots.filter { $0.uberblock != nil }.allSatisfy { $0.checksum.isValid })
    }

    /// They were written as one block when the device was labelled.
    @Test func `the first and the last slot of a young ring are no damage`() throws {
        let ring = try Self.ring("basic", ashift: 9)
        #expect(ring.slots.first?.role(in: 128) == .initial)
        #expect(ring.slots.last?.role(in: 128) == .initial)
    }

    @Test func `the last slot holds a host's sign of life where multihost is on`() throws {
        let ring = try Self.ring("multihost", ashift: 9)
        let slot = try #require(ring.multihostSlot)
        #expect(slot.index == 127)
        #expect(slot.uberblock?.multihost.isOn == true)
        #expect(try Self.ring("basic", ashift: 9).multihostSlot == nil)
    }

    /// In the middle of an expansion the uberblock of a txg is written again, one slot earlier.
    @Test func `the second uberblock of a txg in a reflow is known by its slot`() throws {
        let size = 1 << 10
        var bytes = [UInt8](repeating: 0, count: 128 << 10)
        let newest = try #require(Self.ring("expanding").best())
        let place = UInt64(LabelPart.uberblockRing.range.lowerBound)
        for (slot, reflow) in [(94, UInt64(0)), (93, 1 << 55)] {
            var one = [UInt8](repeating: 0, count: size)
            try newest.encode(into: &one)
            try Uberblock.Layout.reflow.write(reflow, into: &one, .little)
            let offset = place + UInt64(slot * size)
            try EmbeddedChecksum.seal(
                &one, .label, verifier: EmbeddedChecksum.labelVerifier(offset: offset), .little)
            bytes.replaceSubrange(slot * size..<(slot + 1) * size, with: one)
        }
        let ring = UberblockRing(bytes.rawBytes, at: place, ashift: 9)
        #expect(ring.slots[93].role(in: 128) == .reflow)
        #expect(ring.slots[94].role(in: 128) == .commit)
        #expect(ring.slots[93].checksum.isValid)
    }

    @Test func `the best uberblock can be limited to a txg`() throws {
        let ring = try Self.ring("basic", ashift: 9)
        #expect(ring.best()?.txg.rawValue == 90)
        #expect(ring.best(upTo: TransactionGroup(42))?.txg.rawValue == 42)
    }

    @Test func `an empty ring has no best uberblock`() {
        let bytes = [UInt8](repeating: 0, count: 128 << 10)
        let ring = UberblockRing(bytes.rawBytes, at: 0, ashift: 12)
        #expect(ring.best() == nil)
        #expect(ring.slots.count == 32)
        #expect(!ring.isGuessed)
    }
}
