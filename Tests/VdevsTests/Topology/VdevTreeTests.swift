import Bytes
import Devices
import TestSupport
import Testing

@testable import Vdevs

@Suite struct VdevTreeTests {
    private static let leaf = VdevNode(.file, guid: GUID(5), path: "leaf", ashift: 9)

    private static func tree(_ tops: VdevNode..., device: MemoryDevice? = nil) -> VdevTree {
        let devices: [GUID: any BlockDevice] = device.map { [GUID(5): $0] } ?? [:]
        return VdevTree(root: VdevNode(.root, guid: GUID(0), children: tops), devices: devices)
    }

    private static func read(_ tree: VdevTree, _ offset: UInt64, vdev: UInt32 = 0) throws(VdevError)
    {
        _ = try tree.read(
            dva: DVA(vdev: vdev, offset: offset, allocatedSize: 512), count: 512,
            physicalBirth: TransactionGroup(1)
        ) { _ in true }
    }

    @Test func `offset 0 is byte 4 MiB of the device`() throws {
        let device = MemoryDevice(byteCount: 8 << 20, pieces: [4 << 20: [1, 2, 3, 4]])
        let outcome = try Self.tree(Self.leaf, device: device).read(
            dva: DVA(vdev: 0, offset: 0, allocatedSize: 512), count: 4,
            physicalBirth: TransactionGroup(1)
        ) { _ in true }
        #expect(outcome.bytes == [1, 2, 3, 4])
    }

    @Test(
        "an address outside its device is an error",
        arguments: [4 << 20, 1 << 40, UInt64.max >> 1, UInt64.max - 511])
    func beyond(offset: UInt64) {
        let tree = Self.tree(Self.leaf, device: MemoryDevice(byteCount: 8 << 20))
        #expect(throws: VdevError.self) { try Self.read(tree, offset) }
    }

    @Test func `an unknown vdev is an error that names it`() {
        #expect(throws: VdevError.noSuchVdev(7)) { try Self.read(Self.tree(Self.leaf), 0, vdev: 7) }
    }

    @Test(
        "a configuration that can't be right is a problem of its vdev",
        arguments: [
            VdevNode(.file, guid: GUID(5), ashift: 63), VdevNode(.file, guid: GUID(5), ashift: 0),
            VdevNode(.mirror, guid: GUID(5), ashift: .max),
            VdevNode(.raidz, guid: GUID(5), ashift: 9, parity: 1),
            VdevNode(.raidz, guid: GUID(5), ashift: 9, parity: 1, children: [leaf]),
            VdevNode(.raidz, guid: GUID(5), ashift: 9, parity: .max, children: [leaf, leaf]),
            VdevNode(
                .raidz, guid: GUID(5), ashift: 9, parity: 1, isExpanding: true,
                children: [leaf, leaf]),
            VdevNode(.draid, guid: GUID(5), ashift: 9, parity: 1, children: [leaf, leaf]),
            VdevNode(
                .draid, guid: GUID(5), ashift: 9, parity: 1,
                draid: .init(data: .max, spares: .max, groups: .max, groupChildren: .max),
                children: [leaf, leaf]),
            VdevNode(
                .draid, guid: GUID(5), ashift: 9, parity: 1,
                draid: .init(data: 1, spares: 0, groups: 1, groupChildren: 0),
                children: [leaf, leaf]),
            VdevNode(VdevKind(rawValue: "tape"), guid: GUID(5), ashift: 9),
            VdevNode(.hole, guid: GUID(5)), VdevNode(.missing, guid: GUID(5)),
        ])
    func impossible(node: VdevNode) {
        let tree = Self.tree(node, device: MemoryDevice(byteCount: 8 << 20))
        #expect(tree.tops.first?.problem != nil)
        #expect(throws: VdevError.self) { try Self.read(tree, 0) }
    }

    @Test func `a mirror without sides is missing`() {
        #expect(throws: VdevError.self) {
            try Self.read(Self.tree(VdevNode(.mirror, guid: GUID(5), ashift: 9)), 0)
        }
    }

    @Test func `no numbers can crash a tree`() {
        var generator = SplitMix64(state: 1)
        func number() -> UInt64 {
            let choices: [UInt64] = [
                0, 1, 2, 3, 5, 9, 12, 16, 100, 255, 256, 1 << 32, .max, .max - 1, generator.next(),
            ]
            return choices[Int(truncatingIfNeeded: generator.next() % UInt64(choices.count))]
        }
        let kinds: [VdevKind] = [
            .file, .mirror, .replacing, .spare, .raidz, .draid, .distributedSpare, .indirect, .hole,
        ]
        func node(_ depth: Int) -> VdevNode {
            let kind = kinds[Int(truncatingIfNeeded: number() % UInt64(kinds.count))]
            let width = depth > 2 ? 0 : Int(truncatingIfNeeded: number() % 9)
            return VdevNode(
                kind, id: number() % 3, guid: GUID(5), ashift: number() % 2 == 0 ? 9 : number(),
                parity: number() % 2 == 0 ? 1 : number(),
                expansionTxgs: (0..<number() % 3).map { _ in number() },
                isExpanding: number() % 2 == 0,
                draid: .init(
                    data: number(), spares: number(), groups: number(),
                    groupChildren: number() % 2 == 0 ? nil : number()),
                spareOf: .init(topGUID: GUID(5), index: number()),
                children: (0..<width).map { _ in node(depth + 1) })
        }
        for _ in 0..<600 {
            let tree = Self.tree(node(0), node(0), device: MemoryDevice(byteCount: 8 << 20))
            for _ in 0..<4 {
                let dva = DVA(word0: number(), word1: number())
                let birth = TransactionGroup(number())
                _ = try? tree.read(dva: dva, count: 4608, physicalBirth: birth) { _ in false }
                _ = try? tree.locations(of: dva, count: 4608, physicalBirth: birth)
                _ = try? tree.allocatedSize(of: number(), vdev: dva.vdev, physicalBirth: birth)
                try? tree.forEachDataRun(of: dva, count: 512, physicalBirth: birth) { _ in }
            }
        }
    }
}
