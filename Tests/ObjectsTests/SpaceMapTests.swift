import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

@Suite struct SpaceMapTests {
    /// A space map's object of blocks of words.
    private func map(
        _ blocks: [[UInt64]], length: UInt64? = nil, order: ByteOrder = .little,
        blockSize: Int = 512, bonusSize: Int = 320, made: HandMade? = nil
    ) throws -> SpaceMap {
        let made = made ?? HandMade(order)
        var bonus = [UInt8](repeating: 0, count: bonusSize)
        let words = blocks.reduce(0) { $0 + $1.count }
        made.put(UInt64(5), at: 0, into: &bonus)
        made.put(length ?? UInt64(words * 8), at: 8, into: &bonus)
        made.put(Int64(-4096), at: 16, into: &bonus)
        if bonusSize == 320 { made.put(UInt64(77), at: 64 + 3 * 8, into: &bonus) }
        let contents = blocks.map { words -> [UInt8] in
            var block = [UInt8](repeating: 0, count: blockSize)
            for (index, word) in words.enumerated() { made.put(word, at: index * 8, into: &block) }
            return block
        }
        return try SpaceMap(
            try made.object(contents, type: .spaceMap, bonusType: .spaceMapHeader, bonus: bonus))
    }

    private func entries(_ map: SpaceMap) -> ([SpaceMapEntry], [SpaceMapProblem]) {
        var entries: [SpaceMapEntry] = []
        let problems = map.forEachEntry { entries.append($0) }
        return (entries, problems)
    }

    @Test("decodes entries of each kind in either order", arguments: ByteOrder.allCases)
    func kinds(order: ByteOrder) throws {
        // Worked out by hand from the tables in include/sys/space_map.h.
        let map = try map(
            [
                [
                    // Debug: txg 1234, sync pass 2.
                    0x8008_0000_0000_04d2,
                    // One word: free, offset 0x123, run 16.
                    0x0000_0000_0123_800f,
                    // Two words: run 0x10000, vdev 3, allocated at 0x7fff.
                    0xc000_00ff_ff00_0003, 0x0000_0000_0000_7fff,
                    // Two words: run 1, the highest vdev, freed at the highest offset.
                    0xc000_0000_00ff_ffff, 0xffff_ffff_ffff_ffff,
                ]
            ], order: order)
        #expect(map.header.object == 5)
        #expect(map.header.allocated == -4096)
        #expect(map.header.histogram?[3] == 77)
        let (entries, problems) = entries(map)
        #expect(problems.isEmpty)
        #expect(
            entries == [
                SpaceMapEntry(.free, offset: 0x123, run: 16, txg: 1234, syncPass: 2, position: 8),
                SpaceMapEntry(
                    .allocation, offset: 0x7fff, run: 0x10000, vdev: 3, wordCount: 2,
                    txg: 1234, syncPass: 2, position: 16),
                SpaceMapEntry(
                    .free, offset: .max >> 1, run: 1, vdev: 0xff_ffff, wordCount: 2, txg: 1234,
                    syncPass: 2, position: 32),
            ])
    }

    @Test func `an entry's range is checked`() {
        let entry = SpaceMapEntry(.free, offset: 16, run: 8)
        let range: Range<UInt64>? = 12288..<16384
        #expect(entry.range(start: 4096, shift: 9) == range)
        #expect(entry.range(start: .max - 8192, shift: 9) == nil)
        #expect(entry.range(start: 0, shift: 63) == nil)
        #expect(SpaceMapEntry(.free, offset: 1 << 60, run: 1).range(start: 0, shift: 9) == nil)
    }

    @Test func `the txg goes on from block to block, and padding does not end it`() throws {
        var first = [UInt64](repeating: 0, count: 64)
        first[0] = 0x8004_0000_0000_0007
        first[63] = 0x8000_0000_0000_0000
        let (entries, problems) = entries(try map([first, [1]]))
        #expect(problems.isEmpty)
        #expect(entries.count == 63)
        #expect(entries.allSatisfy { $0.txg == 7 && $0.syncPass == 1 })
        #expect(entries.last?.position == 512)
    }

    @Test func `a torn entry is told and the next block is read`() throws {
        var first = [UInt64](repeating: 0, count: 64)
        first[63] = 0xc000_0000_0000_0000
        let (entries, problems) = entries(try map([first, [5]]))
        #expect(entries.count == 64)
        #expect(problems.map(\.kind) == [.torn])
        #expect(problems.first?.position == 63 * 8)
    }

    @Test func `holes, missing blocks and wrong lengths are told`() throws {
        let made = HandMade()
        let whole = [UInt64](repeating: 1, count: 64)
        let map = try map([whole, whole, whole], made: made)
        made.blocks.remove(try map.object.tree.pointer(level: 0, index: 1))
        var (entries, problems) = entries(map)
        #expect(entries.count == 128)
        #expect(problems.map(\.kind) == [.unreadable])

        (entries, problems) = self.entries(try self.map([whole], length: 1 << 40))
        #expect(entries.count == 64)
        #expect(problems.map(\.kind) == [.length])

        (entries, problems) = self.entries(try self.map([whole], length: 12))
        #expect(entries.count == 1)
        #expect(problems.map(\.kind) == [.length])

        var bonus = [UInt8](repeating: 0, count: 24)
        made.put(UInt64(1024), at: 8, into: &bonus)
        let block = [UInt8](repeating: 0, count: 512)
        let holed = try SpaceMap(
            try made.object([nil, block, nil], bonusType: .spaceMapHeader, bonus: bonus))
        (entries, problems) = self.entries(holed)
        #expect(entries.count == 64)
        #expect(problems.map(\.kind) == [.hole])
    }

    @Test func `of a thousand problems the rest is counted, as of the gravest kind`() throws {
        let made = HandMade()
        var torn = [UInt64](repeating: 0, count: 64)
        torn[63] = 0xc000_0000_0000_0000
        let map = try map([[UInt64]](repeating: torn, count: 1004), made: made)
        let counted = entries(map).1
        #expect(counted.count == 1001)
        #expect(counted.last?.kind == .torn)
        #expect(counted.last?.position == 1000 * 512 + 63 * 8)
        #expect(counted.last?.what == "4 further problems are not listed")

        made.blocks.remove(try map.object.tree.pointer(level: 0, index: 1002))
        let lost = entries(map).1.last
        #expect(lost?.kind == .unreadable)
        #expect(lost?.position == 1002 * 512)
        #expect(lost?.what == "4 further problems are not listed")
    }

    @Test func `the short header has no histogram`() throws {
        #expect(try map([[1]], bonusSize: 24).header.histogram == nil)
    }

    @Test("a header cut short loses its histogram, then is refused", arguments: 0..<321)
    func truncated(count: Int) throws {
        let bonus = try map([[1]]).object.bonus
        let object = try HandMade().object(
            [nil], bonusType: .spaceMapHeader, bonus: [UInt8](bonus.prefix(count)))
        guard count >= 24 else {
            #expect(throws: ObjectError.self) { try SpaceMap(object) }
            return
        }
        let header = try SpaceMap(object).header
        #expect(header.length == 8 && header.allocated == -4096)
        #expect((header.histogram != nil) == (count == 320))
    }

    @Test("no field of a header can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        let made = HandMade(order)
        let whole = [UInt64](repeating: 1, count: 64)
        let block = [UInt8](repeating: 0xa5, count: 512)
        for size in [24, 320] {
            let bonus = try map([whole, whole], order: order, bonusSize: size).object.bonus
            let fields = SpaceMapHeader.Layout.fields.filter { $0.range.upperBound <= size }
            try verb.forEachSpoiled(fields, of: bonus, order) { spoiled in
                let map = try SpaceMap(
                    try made.object(
                        [block, nil, block], bonusType: .spaceMapHeader, bonus: spoiled))
                _ = entries(map)
                _ = map.header.record
            }
        }
    }

    @Test("no word of an entry can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzzEntries(verb: Fuzz, order: ByteOrder) throws {
        let made = HandMade(order)
        let words: [UInt64] = [
            0x8008_0000_0000_04d2, 0x0000_0000_0123_800f, 0xc000_00ff_ff00_0003, 0x7fff, 1,
        ]
        var block = [UInt8](repeating: 0, count: 512)
        for (index, word) in words.enumerated() { made.put(word, at: index * 8, into: &block) }
        let bonus = try map([words], order: order).object.bonus
        for width in [1, 2, 4, 8] {
            try verb.forEachSpoiled(Fuzz.words(40, width: width), of: block, order) { spoiled in
                let map = try SpaceMap(
                    try made.object([spoiled], bonusType: .spaceMapHeader, bonus: bonus))
                let (found, problems) = entries(map)
                // A spoiled prefix may join or part entries, but each word is told of in some way.
                #expect(found.count + problems.count >= 2)
                for entry in found { _ = entry.range(start: .max - 4096, shift: 9) }
            }
        }
    }

    @Test("what is encoded decodes to the same", arguments: ByteOrder.allCases, [false, true])
    func roundTrip(order: ByteOrder, twoWords: Bool) throws {
        var generator = Seed.generator()
        var encoder = SpaceMapEncoder(blockSize: 512, allowsTwoWords: twoWords)
        var expected: [(SpaceMapEntry.Kind, Range<UInt64>)] = []
        encoder.appendDebug(.allocation, txg: 99, syncPass: 1)
        for _ in 0..<500 {
            let kind: SpaceMapEntry.Kind = Bool.random(using: &generator) ? .allocation : .free
            let offset = UInt64.random(in: 0..<1 << (twoWords ? 62 : 46), using: &generator)
            let longest = UInt64(1) << UInt64.random(in: 0..<20, using: &generator)
            let run = UInt64.random(in: 1...longest, using: &generator)
            try encoder.append(kind, offset: offset, run: run)
            expected.append((kind, offset..<offset + run))
        }
        let made = HandMade(order)
        var bonus = [UInt8](repeating: 0, count: 320)
        try SpaceMapHeader.write(
            length: UInt64(encoder.byteCount), allocated: 7, histogram: [1, 2], into: &bonus, order)
        let map = try SpaceMap(
            try made.object(
                encoder.blocks(order), bonusType: .spaceMapHeader, bonus: bonus))
        #expect(map.header.allocated == 7)
        #expect(map.header.histogram?.prefix(3) == [1, 2, 0])
        let (entries, problems) = entries(map)
        #expect(problems.isEmpty)
        #expect(entries.allSatisfy { $0.txg == 99 })
        var joined: [(SpaceMapEntry.Kind, Range<UInt64>)] = []
        for entry in entries {
            let range = entry.offset..<entry.offset + entry.run
            // A run longer than an entry can hold stands in several that follow each other.
            if let last = joined.last, last.0 == entry.kind, last.1.upperBound == range.lowerBound {
                joined[joined.count - 1].1 = last.1.lowerBound..<range.upperBound
            } else {
                joined.append((entry.kind, range))
            }
        }
        #expect(joined.map(\.1) == expected.map(\.1))
        #expect(joined.map(\.0) == expected.map(\.0))
    }

    @Test func `an encoder refuses what its entries can't hold`() {
        var single = SpaceMapEncoder(blockSize: 512, allowsTwoWords: false)
        #expect(throws: FormatError.self) { try single.append(.free, offset: 1 << 47, run: 1) }
        #expect(throws: FormatError.self) { try single.append(.free, offset: 0, run: 1, vdev: 0) }
        var double = SpaceMapEncoder(blockSize: 512, allowsTwoWords: true)
        #expect(throws: FormatError.self) { try double.append(.free, offset: 1 << 63, run: 1) }
    }
}
