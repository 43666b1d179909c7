import Bytes
import Devices
import TestSupport
import Testing
import Vdevs

@Suite struct LabelTests {
    private static let size = UInt64(LabelPart.labelSize)

    /// `vdev_label_offset` on a device of 64 MiB, and on one that ends inside a label.
    @Test(arguments: [64 << 20, (64 << 20) + 12345] as [UInt64])
    func `labels lie where ZFS puts them`(deviceSize: UInt64) {
        let offsets = (0..<4).map { LabelPart.labelOffset($0, deviceSize: deviceSize) }
        #expect(offsets == [0, 262_144, 66_584_576, 66_846_720])
    }

    @Test func `a small device has fewer labels`() {
        func offsets(_ size: UInt64) -> [UInt64?] {
            (0..<4).map { LabelPart.labelOffset($0, deviceSize: size) }
        }
        #expect(offsets(0) == [nil, nil, nil, nil])
        #expect(offsets(Self.size - 1) == [nil, nil, nil, nil])
        #expect(offsets(Self.size) == [0, nil, nil, nil])
        #expect(offsets(4 * Self.size - 1) == [0, Self.size, nil, nil])
        #expect(offsets(4 * Self.size) == [0, Self.size, 2 * Self.size, 3 * Self.size])
        #expect(offsets(.max).allSatisfy { $0 != nil })
        #expect(LabelPart.labelOffset(4, deviceSize: .max) == nil)
        #expect(LabelPart.labelOffset(-1, deviceSize: .max) == nil)
    }

    @Test func `the parts fill the label`() {
        #expect(LabelPart.allCases.map(\.range.count) == [8192, 8192, 114_688, 131_072])
        #expect(LabelPart.uberblockRing.range.upperBound == LabelPart.labelSize)
    }

    /// `zdb -l` of a pool of each byte order.
    @Test(
        arguments: [
            (
                "basic", "basic", 7_657_194_992_236_650_478, 11_754_394_455_326_953_181, 90,
                12_235_020
            ),
            (
                "be-disk", "bedisk", 16_882_634_449_193_470_120, 15_853_104_158_369_295_856, 2036,
                1_808_903_763
            ),
        ] as [(String, String, UInt64, UInt64, UInt64, UInt64)])
    func `identity and tree are zdb's`(
        pool: String, name: String, poolGUID: UInt64, guid: UInt64, txg: UInt64, host: UInt64
    ) throws {
        let folder = try TestPool.named(pool).unpack()
        let set = LabelSet(try FileDevice(path: "\(folder)/d0"))
        #expect(set.labels.map(\.index) == [0, 1, 2, 3])
        #expect(set.labels.allSatisfy { $0.config.isSound })
        let identity = try #require(set.identity)
        #expect(identity.name == name)
        #expect(identity.poolGUID == GUID(poolGUID))
        #expect(identity.guid == GUID(guid))
        #expect(identity.topGUID == GUID(guid))
        #expect(identity.state == .exported)
        #expect(identity.txg == TransactionGroup(txg))
        #expect(identity.version == 5000)
        #expect(identity.errata == 0)
        #expect(identity.hostID == host)
        #expect(identity.hostname == "zlab")
        #expect(identity.vdevChildren == 1)
        #expect(
            identity.featuresForRead == [
                "com.delphix:hole_birth", "com.delphix:embedded_data",
                "com.klarasystems:vdev_zaps_v2",
            ])
        let tree = try #require(set.vdevTree)
        #expect(tree.kind == .file)
        #expect(tree.metaslabShift == 24)
        #expect(tree.ashift == 9)
        #expect(tree.asize == 62_390_272)
        #expect(tree.createTxg == TransactionGroup(4))
        #expect(set.differences.isEmpty)
        #expect(set.slotDifferences.isEmpty)
        #expect(set.former.isEmpty)
    }

    @Test func `a hot spare and a cache device say what they are`() throws {
        let folder = try TestPool.named("classes").unpack()
        let spare = LabelSet(try FileDevice(path: "\(folder)/hs0"))
        #expect(spare.identity?.state == .spare)
        #expect(spare.identity?.isSpare == true)
        #expect(spare.cacheHeader == nil)
        let cache = LabelSet(try FileDevice(path: "\(folder)/ca0"))
        #expect(cache.identity?.isL2Cache == true)
        #expect(cache.identity?.guid == GUID(7_784_673_968_428_277_696))
        let header = try #require(cache.cacheHeader)
        #expect(header.checksum.isValid)
        #expect(header.poolGUID == GUID(16_943_303_525_884_307_026))
        #expect(header.vdevGUID == cache.identity?.guid)
        #expect(header.version == 1)
        #expect(header.start == 4_194_816)
        #expect(header.end == 66_584_576)
        #expect(header.evict == 4_194_816)
        #expect(header.flags == 1)
        #expect(header.logPointers.allSatisfy { $0.isEmpty })
    }

    @Test func `a RAID-Z being expanded and a dRAID give their numbers`() throws {
        let expanding = try TestPool.named("expanding").unpack()
        let raidz = try #require(LabelSet(try FileDevice(path: "\(expanding)/d0")).vdevTree)
        #expect(raidz.kind == .raidz)
        #expect(raidz.isExpanding)
        #expect(raidz.parity == 1)
        #expect(raidz.children.map(\.dtl) == [143, 142, 141, 140])
        let folder = try TestPool.named("draid2").unpack()
        let draid = try #require(LabelSet(try FileDevice(path: "\(folder)/d0")).vdevTree)
        #expect(draid.kind == .draid)
        #expect(draid.parity == 2)
        #expect(draid.draidData == 4)
        #expect(draid.draidSpares == 1)
        #expect(draid.draidGroups == 5)
        #expect(draid.draidChildren == nil)
        #expect(draid.leaves.count == 11)
    }
}
