import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

/// Whatever is in a ZAP, reading it ends, tells, and gives what is whole.
@Suite struct ZAPDamageTests {
    private static let names = (0..<24).map { "name-\($0)" }

    private static func fat(_ made: HandMadeZAP) -> [[UInt8]] {
        made.fat(names.enumerated().map { .init($0.element, UInt64($0.offset)) }, bits: 1)
    }

    /// Reads all there is by every way in.
    private func exercise(_ blocks: [[UInt8]], _ made: HandMadeZAP) {
        guard let zap = try? made.zap(blocks) else { return }
        let (entries, problems) = zap.contents()
        for entry in entries { _ = entry.record }
        for problem in problems { _ = problem.record }
        for name in Self.names.prefix(3) { _ = try? zap.lookup(name) }
        _ = try? zap.lookup(words: [1, 2])
        _ = zap.record
        _ = zap.statistics()?.record
    }

    @Test("no field of a header can crash it", arguments: FatZAPHeader.Layout.fields, Fuzz.allCases)
    func header(field: AnyField, verb: Fuzz) {
        for order in ByteOrder.allCases {
            let made = HandMadeZAP(order)
            var blocks = Self.fat(made)
            blocks[0].replaceSubrange(
                field.range, with: verb.apply(to: Array(blocks[0][field.range]), order))
            exercise(blocks, made)
        }
    }

    @Test("no field of a leaf can crash it", arguments: ZAPLeaf.Layout.fields, Fuzz.allCases)
    func leaf(field: AnyField, verb: Fuzz) {
        for order in ByteOrder.allCases {
            let made = HandMadeZAP(order)
            var blocks = Self.fat(made)
            blocks[1].replaceSubrange(
                field.range, with: verb.apply(to: Array(blocks[1][field.range]), order))
            exercise(blocks, made)
        }
    }

    @Test("no field of a chunk can crash it", arguments: ZAPLeaf.Layout.Chunk.fields, Fuzz.allCases)
    func chunk(field: AnyField, verb: Fuzz) {
        let made = HandMadeZAP()
        // An entry, its name, its value, and a free chunk.
        for chunk in [0, 1, 2, 100] {
            var blocks = Self.fat(made)
            let start = 48 + 2 * 128 + 24 * chunk
            let range = start + field.range.lowerBound..<start + field.range.upperBound
            blocks[1].replaceSubrange(range, with: verb.apply(to: Array(blocks[1][range])))
            exercise(blocks, made)
        }
    }

    @Test("no field of a micro ZAP can crash it", arguments: MicroZAP.Layout.fields, Fuzz.allCases)
    func micro(field: AnyField, verb: Fuzz) {
        for order in ByteOrder.allCases {
            let made = HandMadeZAP(order)
            var block = made.micro([("a", 1), ("b", 2)])
            block.replaceSubrange(
                field.range, with: verb.apply(to: Array(block[field.range]), order))
            exercise([block], made)
        }
    }

    @Test(
        "no field of a micro ZAP's slot can crash it", arguments: MicroZAP.Layout.Slot.fields,
        Fuzz.allCases)
    func slot(field: AnyField, verb: Fuzz) {
        let made = HandMadeZAP()
        var block = made.micro([("a", 1), ("b", 2)])
        let range = 64 + field.range.lowerBound..<64 + field.range.upperBound
        block.replaceSubrange(range, with: verb.apply(to: Array(block[range])))
        exercise([block], made)
    }

    @Test("every truncation of a head throws", arguments: Truncation.lengths(below: 104))
    func truncated(count: Int) {
        let made = HandMadeZAP()
        let header = [UInt8](Self.fat(made)[0].prefix(count))
        #expect(throws: FormatError.self) { try FatZAPHeader(header, .little) }
        let leaf = [UInt8](Self.fat(made)[1].prefix(count))
        #expect(throws: FormatError.self) { try ZAPLeaf(leaf, .little, block: 1) }
        let micro = [UInt8](made.micro([("a", 1)]).prefix(min(count, 63)))
        #expect(throws: FormatError.self) { try MicroZAP(micro, .little) }
    }

    @Test func `random blocks under right magic numbers end and do not crash`() {
        var generator = Seed.generator()
        let made = HandMadeZAP()
        for _ in 0..<50 {
            var blocks = Self.fat(made)
            for block in blocks.indices {
                for _ in 0..<40 {
                    let place = Int(generator.next() as UInt64 % UInt64(blocks[block].count))
                    // The magic numbers stay, or nothing behind them would be reached.
                    guard place >= 28 else { continue }
                    blocks[block][place] = generator.next()
                }
            }
            exercise(blocks, made)
        }
    }

    @Test func `each kind of damage is told by its kind, and the other entries are there`() throws {
        let made = HandMadeZAP()
        /// Spoils one of the blocks and returns what is told, and how many entries there were.
        func told(_ spoil: (inout [[UInt8]]) -> Void) throws -> (Set<ZAPProblem.Kind>, Int) {
            var blocks = Self.fat(made)
            spoil(&blocks)
            let (entries, problems) = try made.zap(blocks).contents()
            return (Set(problems.map(\.kind)), entries.count)
        }
        let chunks = 48 + 2 * 128
        var result = try told { made.made.put(UInt64(9), at: 72, into: &$0[0]) }
        #expect(result == ([.entryCount], 24))
        result = try told { made.made.put(UInt64(9), at: 64, into: &$0[0]) }
        #expect(result == ([.leafCount], 24))
        result = try told { made.made.put(UInt64(5), at: 32, into: &$0[0]) }
        #expect(result == ([.header], 24))
        result = try told { made.made.put(UInt16(0), at: 30, into: &$0[1]) }
        #expect(result == ([.leafCount], 24))
        result = try told { made.made.put(UInt16(3), at: 28, into: &$0[1]) }
        #expect(result == ([.freeList], 24))
        result = try told { made.made.put(UInt64(1) << 63 - 5, at: chunks + 16, into: &$0[1]) }
        #expect(result.0.contains(.wrongHash) && result.1 == 24)
        result = try told { $0[1][chunks + 1] = 3 }
        #expect(result.0.contains(.badEntry) && result.1 == 23)
        result = try told { made.made.put(UInt16(5000), at: chunks + 4, into: &$0[1]) }
        #expect(result.0.contains(.chainBroken) && result.1 == 23)
        result = try told { blocks in
            for bucket in 0..<128 {
                made.made.put(UInt16(0xffff), at: 48 + 2 * bucket, into: &blocks[1])
            }
        }
        #expect(result.0 == [.lostEntry] && result.1 == 24)
        result = try told { $0[1][24] ^= 1 }
        #expect(result.0.contains(.leafHeader) && result.1 < 24)
    }

    @Test func `a leaf under many indices is read once`() throws {
        let made = HandMadeZAP()
        var blocks = Self.fat(made)
        // The table leads to 200 leaves.
        for slot in 0..<256 {
            made.made.put(UInt64(slot + 1), at: 2048 + slot * 8, into: &blocks[0])
        }
        made.made.put(UInt64(300), at: 56, into: &blocks[0])
        let header = made.made.blocks.add(blocks[0], type: .directory)
        let leaf = made.made.blocks.add(blocks[1], type: .directory)
        var level: [Int: BlockPointer] = [:]
        for index in 0..<32 {
            level[index] = made.made.indirect(
                Dictionary(
                    uniqueKeysWithValues: (0..<32).map {
                        ($0, index == 0 && $0 == 0 ? header : leaf)
                    }), level: 1)
        }
        var shape = HandMade.DnodeShape()
        shape.type = .directory
        shape.levels = 3
        shape.blockSize = 4096
        shape.maximumBlockID = 299
        shape.pointers = [made.made.indirect(level, level: 2)]
        let bytes = made.made.dnode(shape)
        let object = DMUObject(
            number: 1, dnode: try Dnode(bytes.rawBytes, .little), source: made.made.blocks)
        let (entries, problems) = try ZAP(object).contents()
        #expect(entries.count == 24 / 2 || entries.count < 24)
        #expect(made.made.blocks.readCount(leaf) == 1)
        #expect(problems.count { $0.kind == .unreadable } > 200)
    }

    @Test func `a table is held up to a limit`() throws {
        let made = HandMadeZAP()
        let zap = try made.zap(Self.fat(made))
        // 10 names of 6 bytes and 14 of 7, with a word each.
        let bytes = 10 * 6 + 14 * 7 + 24 * 8
        let (entries, problems) = try zap.contents(within: .init(entries: 24, bytes: bytes))
        #expect(entries.count == 24 && problems.isEmpty)
        for limit in [ZAP.Limit(entries: 23, bytes: bytes), .init(entries: 24, bytes: bytes - 1)] {
            let error = #expect(throws: ObjectError.self) { try zap.contents(within: limit) }
            guard case .limit = error?.reason else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test func `a pointer table of impossible size is given up`() throws {
        let made = HandMadeZAP()
        var blocks = Self.fat(made)
        made.made.put(UInt64(3), at: 16, into: &blocks[0])
        made.made.put(UInt64(1) << 60, at: 24, into: &blocks[0])
        made.made.put(UInt64(50), at: 32, into: &blocks[0])
        let zap = try made.zap(blocks)
        let (_, problems) = zap.contents()
        #expect(problems.contains { $0.kind == .unreadable })
        #expect(throws: ObjectError.self) { try zap.lookup("name-1") }
    }

    @Test func `what is no ZAP is refused`() throws {
        let made = HandMadeZAP()
        let zeros = [UInt8](repeating: 0, count: 4096)
        #expect(throws: ObjectError.self) { try made.zap([zeros]) }
        let hole = try made.made.object([nil], type: .directory)
        #expect(throws: ObjectError.self) { try ZAP(hole) }
    }
}
