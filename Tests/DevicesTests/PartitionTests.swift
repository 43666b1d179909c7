import Bytes
import Devices
import TestSupport
import Testing

/// The offsets and lengths are those that parted(8) prints for the same bytes.
@Suite struct PartitionTests {
    @Test func `finds the partitions of a whole disk that ZFS labelled`() throws {
        let path = try #require(TestPool.named("gpt").devicePaths().first)
        let table = try #require(try PartitionTable(of: FileDevice(path: path)))
        #expect(table.kind == .gpt(sectorSize: 512))
        #expect(table.problems.isEmpty)
        #expect(table.partitions.map(\.number) == [1, 9])
        #expect(table.partitions[0].range == 1_048_576..<91_226_112)
        #expect(table.partitions[0].label == "zfs-c136c4f9841268a9")
        #expect(table.partitions[0].typeName == "ZFS")
        #expect(table.partitions[1].range == 91_226_112..<99_614_720)
        #expect(table.partitions[1].typeName == "Solaris reserved")
    }

    @Test func `uses the backup where the first table is gone`() throws {
        let path = try #require(TestPool.named("gpt").devicePaths().first)
        let disk = try FileDevice(path: path)
        let wiped = try Overlay(disk, patches: [Patch(at: 0, [UInt8](repeating: 0, count: 17_408))])
        let table = try #require(try PartitionTable(of: wiped))
        #expect(table.partitions == (try PartitionTable(of: disk))?.partitions)
        #expect(table.problems == ["the GPT at the start is gone; its backup is used"])
    }

    @Test("uses the backup where a field of the first header is damaged", arguments: Fuzz.allCases)
    func damagedHeader(verb: Fuzz) throws {
        let path = try #require(TestPool.named("gpt").devicePaths().first)
        let disk = try FileDevice(path: path)
        let expected = try PartitionTable(of: disk)?.partitions
        for field in GPTHeader.Layout.fields {
            let place = 512 + UInt64(field.range.lowerBound)
            let bytes = try disk.read(at: place, count: field.range.count)
            let spoiled = verb.apply(to: bytes)
            guard spoiled != bytes else { continue }
            let table = try PartitionTable(of: Overlay(disk, patches: [Patch(at: place, spoiled)]))
            #expect(table?.partitions == expected, "\(field)")
            #expect(table?.problems.count == 1, "\(field)")
        }
    }

    @Test("survives a damaged entry", arguments: GPTEntry.Layout.fields, Fuzz.allCases)
    func damagedEntry(field: AnyField, verb: Fuzz) throws {
        let entry = Self.gpt.prefix(1152).suffix(128)
        var bytes = Array(entry)
        bytes.replaceSubrange(field.range, with: verb.apply(to: Array(bytes[field.range])))
        _ = try? GPTEntry(bytes.rawBytes)
        #expect(throws: FormatError.self) { try GPTEntry([UInt8](bytes.prefix(127)).rawBytes) }
    }

    @Test("reads a table in sectors of either size", arguments: [512, 4096])
    func sectorSizes(size: Int) throws {
        let disk = MemoryDevice(
            name: "disk.img", byteCount: 64 << 20, pieces: [0: try Self.table(sectorSize: size)])
        let table = try #require(try PartitionTable(of: disk))
        #expect(table.kind == .gpt(sectorSize: size))
        let partition = try #require(table.partitions.first)
        #expect(partition.range == UInt64(size * 256)..<UInt64(size * 512))
        let part = try partition.device(on: disk)
        #expect(part.name == "disk.img (partition 1)")
        #expect(part.byteCount == UInt64(size * 256))
        #expect(throws: DeviceError.self) { try part.read(at: UInt64(size * 256), count: 1) }
    }

    @Test func `follows the chain inside an extended partition`() throws {
        let table = try #require(try PartitionTable(of: Self.mbrDisk()))
        #expect(table.kind == .mbr)
        #expect(table.partitions.map(\.number) == [1, 5, 6])
        #expect(
            table.partitions.map(\.range) == [
                1_048_576..<5_242_880, 6_291_456..<8_388_608, 10_485_760..<14_680_064,
            ])
        #expect(table.partitions[0].typeName == "Linux")
    }

    @Test func `a chain that leads in a circle ends`() throws {
        // The second record points at itself.
        let disk = try Overlay(
            Self.mbrDisk(), patches: [Patch(at: 5_242_880 + 462 + 8, [0, 0, 0, 0])])
        let table = try #require(try PartitionTable(of: disk))
        #expect(table.partitions.map(\.number) == [1, 5])
        #expect(table.problems == ["the chain of extended partitions does not end"])
    }

    @Test("no field of a boot record can crash the reader", arguments: 0..<4, Fuzz.allCases)
    func damagedRecord(index: Int, verb: Fuzz) throws {
        for field in MBREntry.Layout.fields {
            for start in [UInt64(0), 5_242_880, 10_420_224] {
                let place = start + 446 + UInt64(index * 16 + field.range.lowerBound)
                let disk = try Self.mbrDisk()
                let bytes = try disk.read(at: place, count: field.range.count)
                let spoiled = Patch(at: place, verb.apply(to: bytes))
                _ = try PartitionTable(of: Overlay(disk, patches: [spoiled]))
            }
        }
    }

    @Test("finds no table where there is none", arguments: [0, 1, 511, 512, 513, 4096, 100_000])
    func none(count: Int) throws {
        #expect(try PartitionTable(of: MemoryDevice([UInt8](repeating: 0, count: count))) == nil)
        #expect(try PartitionTable(of: MemoryDevice([UInt8](repeating: 0xff, count: count))) == nil)
    }

    @Test func `a disk that cannot be read is an error`() {
        let disk = HostileDevice(MemoryDevice(byteCount: 1 << 20), .failing)
        #expect(throws: DeviceError.self) { try PartitionTable(of: disk) }
    }

    /// What parted wrote for `mkpart primary 1MiB 5MiB`, `extended 5MiB 40MiB`, `logical 6MiB 8MiB` and
    /// `logical 10MiB 14MiB` on 64 MiB.
    private static func mbrDisk() throws -> MemoryDevice {
        let records: [UInt64: [[UInt8]]] = [
            0: [
                [0, 0, 1, 0x10, 0x83, 3, 0x20, 0x4f, 0, 8, 0, 0, 0, 0x20, 0, 0],
                [0, 0, 1, 0x50, 0x0f, 3, 0xa0, 0x7f, 0, 0x28, 0, 0, 0, 0x18, 1, 0],
            ],
            5_242_880: [
                [0, 0, 1, 0x60, 0x83, 3, 0x20, 0x7f, 0, 8, 0, 0, 0, 0x10, 0, 0],
                [0, 0, 1, 0x9f, 5, 3, 0x20, 0xdf, 0x80, 0x27, 0, 0, 0x80, 0x20, 0, 0],
            ],
            10_420_224: [
                [0, 0, 1, 0xa0, 0x83, 3, 0x20, 0xdf, 0x80, 0, 0, 0, 0, 0x20, 0, 0]
            ],
        ]
        let sectors = records.mapValues { entries in
            let table = Array(entries.joined())
            return [UInt8](repeating: 0, count: 446) + table
                + [UInt8](repeating: 0, count: 64 - table.count) + [0x55, 0xaa]
        }
        return MemoryDevice(name: "mbr.img", byteCount: 64 << 20, pieces: sectors)
    }
}

extension PartitionTests {
    /// The start of a disk with sectors of 512 bytes and one partition.
    private static let gpt: [UInt8] = (try? table(sectorSize: 512)) ?? []

    /// The header and the entries of a GPT whose only partition takes sectors 256 to 511.
    private static func table(sectorSize: Int) throws -> [UInt8] {
        var entries = [UInt8](repeating: 0, count: 512)
        entries.replaceSubrange(0..<16, with: 1...16)
        try GPTEntry.Layout.firstSector.write(256, into: &entries, .little)
        try GPTEntry.Layout.lastSector.write(511, into: &entries, .little)
        var header = [UInt8](repeating: 0, count: sectorSize)
        typealias Layout = GPTHeader.Layout
        try Layout.signature.write(Layout.signatureNumber, into: &header, .little)
        try Layout.headerSize.write(92, into: &header, .little)
        try Layout.ownSector.write(1, into: &header, .little)
        try Layout.entriesSector.write(2, into: &header, .little)
        try Layout.entryCount.write(4, into: &header, .little)
        try Layout.entrySize.write(128, into: &header, .little)
        try Layout.entriesCRC.write(checksum(entries), into: &header, .little)
        try Layout.headerCRC.write(checksum(Array(header.prefix(92))), into: &header, .little)
        return [UInt8](repeating: 0, count: sectorSize) + header + entries
    }

    /// CRC-32 bit by bit, after the definition in IEEE 802.3.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var word = UInt32.max
        for byte in bytes {
            word ^= UInt32(byte)
            for _ in 0..<8 { word = word & 1 == 1 ? (word >> 1) ^ 0xedb8_8320 : word >> 1 }
        }
        return ~word
    }
}
