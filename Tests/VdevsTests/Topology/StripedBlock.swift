import Bytes
import Devices
import TestSupport

@testable import Vdevs

/// A block laid out on the memory devices of a RAID-Z or dRAID, with parity computed the long way.
struct StripedBlock {
    let bytes: [UInt8]
    let node: VdevNode
    let dva: DVA
    /// What stands on each child: bytes by their offset on the device.
    private(set) var contents: [[UInt64: [UInt8]]]
    let map: StripeMap

    /// Lays `sectors` sectors of no particular content at the start of a vdev of `width` children.
    init(_ kind: VdevKind, width: Int, parity: UInt64, sectors: Int, expansions: [UInt64] = [])
        throws
    {
        var generator = SplitMix64(state: UInt64(sectors * 100 + width))
        bytes = (0..<sectors * 512).map { _ in UInt8(truncatingIfNeeded: generator.next() as UInt64)
        }
        node = VdevNode(
            kind, guid: GUID(1), ashift: 9, parity: parity, expansionTxgs: expansions,
            children: (0..<width).map {
                VdevNode(.file, id: UInt64($0), guid: GUID(UInt64(10 + $0)), path: "child \($0)")
            })
        dva = DVA(vdev: 0, offset: 512 * 7, allocatedSize: 0)
        let tree = VdevTree(root: VdevNode(.root, guid: GUID(0), children: [node]), devices: [:])
        let place = VdevPlace(
            tree: tree, vdev: 0, offset: dva.offset, birth: TransactionGroup(1), depth: 0)
        let members = [Member](repeating: .absent("x"), count: width)
        map = try RaidzGeometry(
            node, id: 0, ashift: 9, members: members, reflow: RaidzReflow(word: 0)
        ).map(place, count: bytes.count)
        contents = [[UInt64: [UInt8]]](repeating: [:], count: width)
        for row in map.rows { write(row) }
    }

    private mutating func write(_ row: StripeMap.Row) {
        let data = row.columns.dropFirst(map.parity).map { column in
            Array(bytes[column.blockOffset..<column.blockOffset + column.byteCount])
        }
        for (index, column) in row.columns.enumerated() where column.byteCount > 0 {
            contents[column.child][column.offset] =
                index < map.parity
                ? Self.parity(index, data, column.byteCount) : data[index - map.parity]
        }
    }

    /// Horner's rule byte by byte: times 2, 4 or neither, plus the next column.
    private static func parity(_ number: Int, _ data: [[UInt8]], _ count: Int) -> [UInt8] {
        (0..<count).map { place in
            var sum: UInt32 = 0
            for column in data {
                for _ in 0..<number {
                    sum <<= 1
                    if sum & 0x100 != 0 { sum ^= 0x11d }
                }
                sum ^= place < column.count ? UInt32(column[place]) : 0
            }
            return UInt8(sum)
        }
    }

    /// Spoils one sector of a column.
    mutating func spoil(row: Int, column: Int, sector: Int = 0) {
        let place = map.rows[row].columns[column]
        contents[place.child][place.offset]?[sector * 512 + 100] ^= 0x40
    }

    /// Reads the block from all devices but those of the `missing` children; the judge knows the bytes.
    func read(missing: Set<Int> = []) throws(VdevError) -> VdevReadOutcome {
        var devices: [GUID: any BlockDevice] = [:]
        for (child, pieces) in contents.enumerated() where !missing.contains(child) {
            devices[GUID(UInt64(10 + child))] = MemoryDevice(byteCount: 8 << 20, pieces: pieces)
        }
        let root = VdevNode(.root, guid: GUID(0), children: [node])
        return try VdevTree(root: root, devices: devices).read(
            dva: dva, count: bytes.count, physicalBirth: TransactionGroup(1)
        ) { $0.equals(bytes.rawBytes) }
    }
}
