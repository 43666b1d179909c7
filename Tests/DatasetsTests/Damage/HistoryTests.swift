import Bytes
import Datasets
import Objects
import TestSupport
import Testing

/// Histories put together after `module/zfs/spa_history.c`: a ring behind the record of the pool's creation.
@Suite struct HistoryTests {
    private static func record(_ command: String) throws -> [UInt8] {
        let list: NVList = [
            "history command": .string(NVString(bytes: Array(command.utf8))),
            "history time": .uint64(1000),
        ]
        let packed = try list.encodedXDR(order: .little)
        return HandMade(.little).bytes([UInt64(packed.count)]) + packed
    }

    /// The dnode of a history of `size` bytes in blocks of 512.
    private static func dnode(_ made: HandMade, _ ring: [UInt8], _ header: [UInt64]) -> [UInt8] {
        let blocks = stride(from: 0, to: ring.count, by: 512).map { start -> [UInt8]? in
            let part = [UInt8](ring[start..<min(ring.count, start + 512)])
            return part + [UInt8](repeating: 0, count: 512 - part.count)
        }
        return made.dnode(blocks, bonus: made.bytes(header))
    }

    private static func read(
        _ made: HandMade, _ dnode: [UInt8]
    ) throws -> (commands: [String], problems: [String]) {
        let meta = try made.metaObjects([5: dnode])
        let history = try History(try meta.object(5))
        var commands: [String] = []
        var problems: [String] = []
        history.forEachRecord { record in
            _ = record.record
            commands.append(record.summary)
        } problem: { offset, what in
            problems.append("\(offset): \(what)")
        }
        return (commands, problems)
    }

    /// The creation's record, then two in a ring of 1024 bytes, the second of which wraps round its end.
    private static func wrapped() throws -> (ring: [UInt8], header: [UInt64]) {
        let first = try record("zpool create tank")
        let second = try record("zfs create tank/a")
        let third = try record("zfs create tank/b")
        let created = UInt64(first.count)
        let size: UInt64 = 1024
        // The ring has gone round once: logical offsets pass its end by the start of the third record.
        let begin = created + size - UInt64(second.count) - 10
        var ring = first + [UInt8](repeating: 0xee, count: Int(size))
        for (index, byte) in (second + third).enumerated() {
            let place = (begin - created + UInt64(index)) % size + created
            ring[Int(place)] = byte
        }
        let end = begin + UInt64(second.count + third.count)
        return (ring, [created, created + size, begin, end, 3])
    }

    @Test("records come oldest first, also across the ring's end", arguments: ByteOrder.allCases)
    func reads(order: ByteOrder) throws {
        let made = HandMade(order)
        let (ring, header) = try Self.wrapped()
        let (commands, problems) = try Self.read(made, Self.dnode(made, ring, header))
        #expect(commands == ["zpool create tank", "zfs create tank/a", "zfs create tank/b"])
        #expect(problems.isEmpty)
    }

    @Test func `a length that can't be ends the walk and is told`() throws {
        let made = HandMade()
        let (ring, header) = try Self.wrapped()
        for length in [UInt64(0), 1 << 30, .max, .max - 8] {
            var spoiled = ring
            made.put(length, at: Int(header[2]), into: &spoiled)
            let (commands, problems) = try Self.read(made, Self.dnode(made, spoiled, header))
            #expect(commands == ["zpool create tank"])
            #expect(problems == ["\(header[2]): a history record's length is \(length)"])
        }
    }

    @Test func `a record that is no list costs that record alone`() throws {
        let made = HandMade()
        var (ring, header) = try Self.wrapped()
        ring[Int(header[2]) + 8] = 9
        let (commands, problems) = try Self.read(made, Self.dnode(made, ring, header))
        #expect(commands == ["zpool create tank", "zfs create tank/b"])
        #expect(problems.count == 1)
    }

    @Test("no field of the header can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        let made = HandMade(order)
        let (ring, header) = try Self.wrapped()
        let dnode = Self.dnode(made, ring, header)
        try verb.forEachSpoiled(HistoryHeader.fields, of: dnode, at: 192, order) { spoiled in
            _ = try Self.read(made, spoiled)
        }
    }

    @Test("no word of a record can crash it", arguments: Fuzz.allCases, [1, 4, 8])
    func fuzzRecord(verb: Fuzz, width: Int) throws {
        let made = HandMade()
        let record = try Self.record("zpool create tank")
        let header = [UInt64(record.count), 2048, UInt64(record.count), UInt64(record.count), 0]
        try verb.forEachSpoiled(Fuzz.words(record.count, width: width), of: record) { spoiled in
            _ = try Self.read(made, Self.dnode(made, spoiled, header))
        }
    }

    @Test func `a history that ends anywhere in a record gives the records before`() throws {
        let made = HandMade()
        let first = try Self.record("zpool create tank")
        let created = UInt64(first.count)
        let second = try Self.record("zfs create tank/a")
        for count in 0...second.count {
            let header = [created, 2048, created, created + UInt64(count), 0]
            let ring = first + second + [UInt8](repeating: 0, count: 1600)
            let (commands, problems) = try Self.read(made, Self.dnode(made, ring, header))
            #expect(commands.count == (count == second.count ? 2 : 1))
            #expect(problems.isEmpty == (count <= 8 || count == second.count), "\(count)")
        }
    }

    @Test("a header cut short is refused", arguments: 0..<40)
    func truncated(count: Int) {
        let made = HandMade()
        let bonus = [UInt8](repeating: 0, count: count)
        #expect(throws: PoolError.self) { try Self.read(made, made.dnode([nil], bonus: bonus)) }
    }
}
