import Bytes
import Testing

@testable import Vdevs

@Suite struct RaidzGeometryTests {
    /// A RAID-Z1 whose devices are not there; only the map is looked at.
    private static func geometry(
        width: Int, parity: UInt64 = 1, expansions: [UInt64] = [], expanding: Bool = false,
        reflow: UInt64 = 0
    ) throws -> RaidzGeometry {
        let node = VdevNode(
            .raidz, guid: GUID(1), ashift: 9, parity: parity, expansionTxgs: expansions,
            isExpanding: expanding)
        return try RaidzGeometry(
            node, id: 0, ashift: 9, members: [Member](repeating: .absent("x"), count: width),
            reflow: RaidzReflow(word: reflow))
    }

    private static func place(sector: UInt64, birth: UInt64 = 1) -> VdevPlace {
        VdevPlace(
            tree: VdevTree(root: VdevNode(.root, guid: GUID(0)), devices: [:]), vdev: 0,
            offset: sector << 9, birth: TransactionGroup(birth), depth: 0)
    }

    /// Row and device of a sector as the drawing in the comment on RAID-Z expansion numbers them.
    private static func places(_ column: StripeMap.Column) -> [[Int]] {
        (0..<column.byteCount / 512).map {
            [Int((column.offset - (4 << 20)) >> 9) + $0, column.child]
        }
    }

    /// The drawing's block G19 to H26: parity in 19 and 23, data in 20, 24, 21, 25, 22, 26.
    @Test func `a block lies column by column`() throws {
        let map = try Self.geometry(width: 4).map(Self.place(sector: 18), count: 6 * 512)
        #expect(map.rows.count == 1)
        let columns = map.rows[0].columns
        #expect(
            columns.map(Self.places) == [
                [[4, 2], [5, 2]], [[4, 3], [5, 3]], [[5, 0], [6, 0]], [[5, 1], [6, 1]],
            ])
        #expect(columns.map(\.blockOffset) == [0, 0, 1024, 2048])
    }

    /// The same block after the fifth device was filled, as the right half of the drawing shows it.
    @Test func `an expansion moves sectors but not what belongs together`() throws {
        let map = try Self.geometry(width: 5, expansions: [100])
            .map(Self.place(sector: 18), count: 6 * 512)
        #expect(
            map.rows.map { $0.columns.flatMap(Self.places) } == [
                [[3, 3], [3, 4], [4, 0], [4, 1]],
                [[4, 2], [4, 3], [4, 4], [5, 0]],
            ])
        #expect(
            map.rows.map { $0.columns.map(\.blockOffset) } == [
                [0, 0, 1024, 2048], [0, 512, 1536, 2560],
            ])
    }

    @Test func `a block born after the expansion is as wide as the vdev`() throws {
        let geometry = try Self.geometry(width: 6, expansions: [100, 200])
        #expect(
            [99, 100, 199, 200, 500].map { geometry.logicalWidth(birth: .init($0)) } == [
                4, 5, 5, 6, 6,
            ])
        let map = try geometry.map(Self.place(sector: 18, birth: 200), count: 6 * 512)
        #expect(map.rows.count == 1)
    }

    @Test func `while an expansion goes on, rows beyond its progress are where they were`() throws {
        // Sector 20 is the first that was not moved, so the second row (sectors 22 to 25) was not.
        let geometry = try Self.geometry(width: 5, expanding: true, reflow: 22)
        let map = try geometry.map(Self.place(sector: 18), count: 6 * 512)
        #expect(
            map.rows.map { $0.columns.flatMap(Self.places) } == [
                [[3, 3], [3, 4], [4, 0], [4, 1]],
                [[5, 2], [5, 3], [6, 0], [6, 1]],
            ])
    }

    @Test func `rows that were moved to the scratch area are read from there`() throws {
        let geometry = try Self.geometry(width: 5, expanding: true, reflow: 22 | 1 << 55)
        let map = try geometry.map(Self.place(sector: 18), count: 6 * 512)
        #expect(map.rows[0].columns[0].offset == 512 << 10 | 3 << 9)
        #expect(map.rows[1].columns[0].offset == 4 << 20 | 5 << 9)
    }

    @Test func `a single parity changes places in every second MiB`() throws {
        let map = try Self.geometry(width: 4).map(Self.place(sector: 2048), count: 512)
        #expect(map.rows[0].columns.map(\.child) == [1, 0])
        let double = try Self.geometry(width: 4, parity: 2).map(
            Self.place(sector: 2048), count: 512)
        #expect(double.rows[0].columns.map(\.child) == [0, 1, 2])
    }

    @Test(
        "impossible numbers are errors",
        arguments: [
            (width: 4, parity: 0 as UInt64, expansions: [] as [UInt64]),
            (4, 4, []), (3, 3, []), (0, 1, []), (1, 1, []), (256, 1, []), (4, .max, []),
            (4, 1, [1, 2, 3]), (4, 2, [1, 2]),
        ])
    func impossible(width: Int, parity: UInt64, expansions: [UInt64]) {
        #expect(throws: VdevError.self) {
            try Self.geometry(width: width, parity: parity, expansions: expansions)
        }
    }

    @Test(
        "offsets that no device reaches are errors",
        arguments: [
            1 as UInt64, 511, 1 << 63, UInt64.max << 9, .max,
        ])
    func beyond(offset: UInt64) throws {
        let geometry = try Self.geometry(width: 4)
        let place = VdevPlace(
            tree: VdevTree(root: VdevNode(.root, guid: GUID(0)), devices: [:]), vdev: 0,
            offset: offset, birth: TransactionGroup(1), depth: 0)
        #expect(throws: VdevError.self) { try geometry.map(place, count: 4096) }
    }

    /// Reckoned by hand: data sectors, as many parity sectors for each row, up to a multiple of parity + 1.
    @Test(arguments: [
        (width: 3, parity: 1 as UInt64, stored: 512 as UInt64, allocated: 1024 as UInt64),
        (4, 1, 131072, 175104), (5, 2, 4096, 7680), (7, 3, 512, 2048),
    ])
    func `parity and padding count as allocated`(
        width: Int, parity: UInt64, stored: UInt64, allocated: UInt64
    ) throws {
        let geometry = try Self.geometry(width: width, parity: parity)
        #expect(
            try geometry.allocatedSize(of: stored, place: Self.place(sector: 0)) == allocated)
    }
}
