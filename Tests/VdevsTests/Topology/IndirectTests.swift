import Bytes
import Devices
import TestSupport
import Testing

@testable import Vdevs

@Suite struct IndirectTests {
    private static func indirect(_ id: UInt64) -> VdevNode {
        VdevNode(.indirect, id: id, guid: GUID(id), ashift: 9)
    }

    private static func entry(_ source: UInt64, to vdev: UInt32, _ offset: UInt64, _ size: UInt64)
        -> IndirectMapping.Entry
    {
        IndirectMapping.Entry(
            source: source, destination: DVA(vdev: vdev, offset: offset, allocatedSize: size))
    }

    /// Vdev 0 was removed to 1, and 1 to the mirror that is vdev 2.
    private static func chain(_ devices: [GUID: any BlockDevice] = [:]) -> VdevTree {
        let mirror = VdevNode(
            .mirror, id: 2, guid: GUID(2), ashift: 9,
            children: [
                VdevNode(.file, id: 0, guid: GUID(20), path: "left"),
                VdevNode(.file, id: 1, guid: GUID(21), path: "right"),
            ])
        let root = VdevNode(.root, guid: GUID(9), children: [indirect(0), indirect(1), mirror])
        let tree = VdevTree(root: root, devices: devices)
        tree.installMapping(
            IndirectMapping(entries: [entry(4096, to: 1, 0, 1024), entry(5120, to: 1, 8192, 1024)]),
            for: 0)
        tree.installMapping(
            IndirectMapping(entries: [
                entry(0, to: 2, 1 << 16, 512), entry(512, to: 2, 1 << 17, 512),
                entry(8192, to: 2, 1 << 18, 4096),
            ]), for: 1)
        return tree
    }

    private static func device(_ fill: [UInt8]) -> MemoryDevice {
        let start: UInt64 = 4 << 20
        return MemoryDevice(
            byteCount: 8 << 20,
            pieces: [
                start + 1 << 16: [UInt8](repeating: fill[0], count: 512),
                start + 1 << 17: [UInt8](repeating: fill[1], count: 512),
                start + 1 << 18: [UInt8](repeating: fill[2], count: 1024),
            ])
    }

    private static let dva = DVA(vdev: 0, offset: 4096, allocatedSize: 2048)

    private static func read(_ tree: VdevTree) throws(VdevError) -> VdevReadOutcome {
        try tree.read(dva: dva, count: 2048, physicalBirth: TransactionGroup(1)) { bytes in
            var expected = [UInt8](repeating: 1, count: 512)
            expected += [UInt8](repeating: 2, count: 512)
            expected += [UInt8](repeating: 3, count: 1024)
            return bytes.equals(expected.rawBytes)
        }
    }

    @Test func `a block in pieces is followed through two removals`() throws {
        let tree = Self.chain([GUID(20): Self.device([1, 2, 3])])
        #expect(try Self.read(tree).incidents.isEmpty)
        #expect(
            try tree.segments(of: Self.dva, count: 2048).map(\.offset) == [
                1 << 16, 1 << 17, 1 << 18,
            ])
        let locations = try tree.locations(
            of: Self.dva, count: 2048, physicalBirth: TransactionGroup(1))
        #expect(locations.map(\.byteCount) == [512, 512, 512, 512, 1024, 1024])
        #expect(
            locations.map(\.role) == [0, 0, 512, 512, 1024, 1024].map { .data(blockOffset: $0) })
    }

    /// No side has all pieces right, but together they do.
    @Test(arguments: [
        [[9, 2, 3], [1, 9, 3]], [[9, 9, 3], [1, 2, 9]], [[9, 9, 9], [1, 2, 3]],
    ])
    func `pieces are taken from whichever side has them right`(fills: [[UInt8]]) throws {
        let tree = Self.chain([GUID(20): Self.device(fills[0]), GUID(21): Self.device(fills[1])])
        let outcome = try Self.read(tree)
        let wrong = fills.joined().count { $0 == 9 }
        #expect(outcome.incidents.count == wrong)
        #expect(outcome.incidents.allSatisfy { $0.cause == .wrong })
    }

    @Test func `a piece that no side has right is an error`() {
        let tree = Self.chain([
            GUID(20): Self.device([9, 2, 3]), GUID(21): Self.device([8, 2, 3]),
        ])
        #expect(throws: VdevError.self) { try Self.read(tree) }
    }

    @Test func `mappings that lead in a circle are an error`() {
        let root = VdevNode(.root, guid: GUID(9), children: [Self.indirect(0), Self.indirect(1)])
        let tree = VdevTree(root: root, devices: [:])
        tree.installMapping(IndirectMapping(entries: [Self.entry(0, to: 1, 0, 1 << 20)]), for: 0)
        tree.installMapping(IndirectMapping(entries: [Self.entry(0, to: 0, 0, 1 << 20)]), for: 1)
        #expect(throws: VdevError.circle(vdev: 0)) { try Self.read(tree) }
    }

    @Test func `what no mapping covers is an error`() {
        let tree = Self.chain()
        for offset: UInt64 in [0, 3584, 6144, 1 << 50] {
            let dva = DVA(vdev: 0, offset: offset, allocatedSize: 512)
            #expect(throws: VdevError.unmapped(vdev: 0, offset: offset)) {
                try tree.segments(of: dva, count: 512)
            }
        }
        let bare = VdevTree(
            root: VdevNode(.root, guid: GUID(9), children: [Self.indirect(0)]), devices: [:])
        #expect(throws: VdevError.noMapping(vdev: 0)) { try Self.read(bare) }
    }

    @Test("an entry is written as it was read", arguments: ByteOrder.allCases)
    func roundTrip(order: ByteOrder) throws {
        let entry = IndirectMapping.Entry(
            source: 0x1234_5600, destination: DVA(vdev: 3, offset: 0x7800, allocatedSize: 0x600),
            mark: true)
        let bytes = try entry.encoded(order)
        #expect(try IndirectMapping(bytes.rawBytes, order).entries == [entry])
        for count in 0..<24 {
            #expect(try IndirectMapping(Array(bytes.prefix(count)).rawBytes, order).entries.isEmpty)
        }
    }

    @Test("no field can crash a mapping", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        let bytes = try Self.entry(4096, to: 2, 0, 1 << 20).encoded(order)
        let fields = IndirectMapping.Entry.Layout.fields
        try verb.forEachSpoiled(fields, of: bytes, order) { spoiled in
            let tree = Self.chain([GUID(20): Self.device([1, 2, 3])])
            tree.installMapping(try IndirectMapping(spoiled.rawBytes, order), for: 0)
            _ = try? Self.read(tree)
        }
    }

    @Test("no field can crash a header or births", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzzRest(verb: Fuzz, order: ByteOrder) throws {
        let bytes = (0..<32).map { UInt8($0 * 7) }
        for count in [24, 32] {
            let fields = IndirectMappingHeader.Layout.fields.filter {
                $0.range.upperBound <= count
            }
            try verb.forEachSpoiled(fields, of: [UInt8](bytes.prefix(count)), order) { spoiled in
                _ = try IndirectMappingHeader(spoiled.rawBytes, order).record
            }
        }
        for start in [0, 16] {
            let fields = IndirectBirths.Layout.fields
            try verb.forEachSpoiled(fields, of: bytes, at: start, order) { spoiled in
                let births = try IndirectBirths(spoiled.rawBytes, order)
                #expect(births.entries.count == 2)
                for offset: UInt64 in [0, 4096, .max] { _ = births.physicalBirth(at: offset) }
            }
        }
    }

    @Test("headers of both versions decode", arguments: ByteOrder.allCases)
    func header(order: ByteOrder) throws {
        let fields: [Field<UInt64>] = [
            IndirectMappingHeader.Layout.maximumOffset, IndirectMappingHeader.Layout.bytesMapped,
            IndirectMappingHeader.Layout.entryCount, IndirectMappingHeader.Layout.countsObject,
        ]
        var bytes = [UInt8](repeating: 0, count: 32)
        for (number, field) in fields.enumerated() {
            try field.write(UInt64(number + 7), into: &bytes, order)
        }
        let header = try IndirectMappingHeader(bytes.rawBytes, order)
        #expect(header.maximumOffset == 7 && header.bytesMapped == 8 && header.entryCount == 9)
        #expect(header.countsObject == 10)
        let old = try IndirectMappingHeader(Array(bytes.prefix(24)).rawBytes, order)
        #expect(old.countsObject == nil)
        for count in 0..<24 {
            #expect(throws: FormatError.self) {
                try IndirectMappingHeader(Array(bytes.prefix(count)).rawBytes, order)
            }
        }
        var written = [UInt8](repeating: 0, count: 32)
        try header.encode(into: &written, order)
        #expect(written == bytes)
    }

    @Test("births tell when a part was copied", arguments: ByteOrder.allCases)
    func births(order: ByteOrder) throws {
        var bytes: [UInt8] = []
        for word: UInt64 in [4096, 10, 8192, 12] {
            let low = (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
            bytes += order == .little ? low : low.reversed()
        }
        for count in 0..<32 {
            let cut = [UInt8](bytes.prefix(count))
            #expect(try IndirectBirths(cut.rawBytes, order).entries.count == count / 16)
        }
        let births = try IndirectBirths(bytes.rawBytes, order)
        #expect(
            [0, 4095, 4096, 8191].map { births.physicalBirth(at: $0)?.rawValue } == [
                10, 10, 12, 12,
            ])
        #expect(births.physicalBirth(at: 8192) == nil)
    }
}
