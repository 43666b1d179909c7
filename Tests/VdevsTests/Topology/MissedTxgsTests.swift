import Bytes
import Devices
import TestSupport
import Testing
import Vdevs

@Suite struct MissedTxgsTests {
    private static let place: UInt64 = 4 << 20

    /// A mirror whose sides hold different bytes: 1 on the left, 2 on the right.
    private static func tree(nested: Bool = false) -> VdevTree {
        let left = VdevNode(.file, id: 0, guid: GUID(20), path: "left", ashift: 9)
        let right = VdevNode(.file, id: 1, guid: GUID(21), path: "right", ashift: 9)
        let first =
            nested
            ? VdevNode(.replacing, id: 0, guid: GUID(22), ashift: 9, children: [left]) : left
        let mirror = VdevNode(.mirror, id: 0, guid: GUID(2), ashift: 9, children: [first, right])
        let devices = [(GUID(20), UInt8(1)), (GUID(21), 2)].map { guid, fill in
            (
                guid,
                MemoryDevice(
                    byteCount: 8 << 20,
                    pieces: [place: [UInt8](repeating: fill, count: 512)]) as any BlockDevice
            )
        }
        return VdevTree(
            root: VdevNode(.root, guid: GUID(9), children: [mirror]),
            devices: Dictionary(uniqueKeysWithValues: devices))
    }

    /// The side that answers first, and how many gave something else before.
    private static func side(
        _ tree: VdevTree, birth: UInt64, accepting wanted: UInt8? = nil
    ) throws -> (side: UInt8?, incidents: Int) {
        let outcome = try tree.read(
            dva: DVA(vdev: 0, offset: 0, allocatedSize: 512), count: 512,
            physicalBirth: TransactionGroup(birth)
        ) { bytes in
            wanted.map { bytes.equals([UInt8](repeating: $0, count: 512).rawBytes) } ?? true
        }
        return (outcome.bytes.first, outcome.incidents.count)
    }

    @Test(
        "a side that missed a block is asked last",
        arguments: [(birth: UInt64(9), side: UInt8(1)), (10, 2), (19, 2), (20, 1)])
    func asked(birth: UInt64, side: UInt8) throws {
        for nested in [false, true] {
            let tree = Self.tree(nested: nested)
            #expect(try Self.side(tree, birth: birth).side == 1)
            tree.installMissedTxgs([GUID(20): [10..<20], GUID(21): [9..<10, 20..<30]])
            #expect(try Self.side(tree, birth: birth).side == side)
            #expect(tree.hasMissed(TransactionGroup(birth), leaf: GUID(20)) == (side == 2))
            var asked: [UInt64] = []
            try tree.forEachDataRun(
                of: DVA(vdev: 0, offset: 0, allocatedSize: 512), count: 512,
                physicalBirth: TransactionGroup(birth)
            ) { asked.append(tree.leaves[$0.leaf].guid.rawValue) }
            #expect(asked == [side == 1 ? 20 : 21])
        }
    }

    @Test func `a side that missed a block is asked all the same where no other has it`() throws {
        let tree = Self.tree()
        tree.installMissedTxgs([GUID(20): [10..<20]])
        let found = try Self.side(tree, birth: 10, accepting: 1)
        #expect(found.side == 1 && found.incidents == 1)
        // Where all missed it, the order is the usual one.
        tree.installMissedTxgs([GUID(20): [10..<20], GUID(21): [10..<20]])
        #expect(try Self.side(tree, birth: 10).side == 1)
        tree.installMissedTxgs([:])
        #expect(try Self.side(tree, birth: 10).side == 1)
    }
}
