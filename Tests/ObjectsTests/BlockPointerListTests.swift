import Blocks
import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

@Suite struct BlockPointerListTests {
    private func pointer(_ mark: UInt64, free: Bool = false) -> BlockPointer {
        var pointer = BlockPointer.hole
        pointer.words[0] = 1
        pointer.words[10] = mark
        pointer.words[11] = free ? 1 : 0
        return pointer
    }

    /// A list's dnode: its own pointers and the object that names its subordinates.
    private func list(
        _ made: HandMade, _ pointers: [BlockPointer], bonusSize: Int = 56, count: UInt64? = nil,
        subordinates: UInt64 = 0, subordinateCount: UInt64 = 0
    ) -> [UInt8] {
        var bonus = [UInt8](repeating: 0, count: 56)
        let words: [UInt64] = [
            count ?? UInt64(pointers.count), 1000, 2000, 3000, subordinates, subordinateCount, 4,
        ]
        for (index, word) in words.enumerated() { made.put(word, at: index * 8, into: &bonus) }
        var contents: [[UInt8]?] = []
        for start in stride(from: 0, to: max(1, pointers.count), by: 4) {
            var block = [UInt8](repeating: 0, count: 512)
            for (slot, pointer) in pointers.dropFirst(start).prefix(4).enumerated() {
                made.put(pointer, at: slot * 128, into: &block)
            }
            contents.append(pointers.isEmpty ? nil : block)
        }
        return made.dnode(
            made.shape(
                contents, type: .blockPointerList, bonusType: .blockPointerListHeader,
                bonus: [UInt8](bonus.prefix(bonusSize))))
    }

    private func numbers(_ made: HandMade, _ numbers: [UInt64]) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        for (index, number) in numbers.enumerated() {
            made.put(number, at: index * 8, into: &block)
        }
        return made.dnode(made.shape([block], type: .subordinateLists))
    }

    private func walk(_ list: BlockPointerList) -> (births: [UInt64], damaged: [UInt64]) {
        var births: [UInt64] = []
        var damaged: [UInt64] = []
        list.forEachPointer { step in
            switch step {
            case .pointer(let pointer, _, _): births.append(pointer.logicalBirth.rawValue)
            case .damaged(_, let list): damaged.append(list)
            }
        }
        return (births, damaged)
    }

    @Test("reads headers of each size", arguments: [16, 32, 48, 56])
    func sizes(size: Int) throws {
        for order in ByteOrder.allCases {
            let made = HandMade(order)
            let set = try made.objectSet([3: list(made, [pointer(7)], bonusSize: size)])
            let list = try BlockPointerList(try set.object(3), in: set)
            #expect(list.header.count == 1)
            #expect(list.header.bytes == 1000)
            #expect(list.header.compressedBytes == (size >= 32 ? 2000 : nil))
            #expect(list.header.subordinateCount == (size >= 48 ? 0 : nil))
            #expect(list.header.freedCount == (size >= 56 ? 4 : nil))
            #expect(walk(list).births == [7])
            var bonus = [UInt8](repeating: 0, count: size)
            try list.header.encode(into: &bonus, order)
            #expect(bonus == list.object.bonus)
        }
    }

    @Test("a header cut short has the fields of the version it is whole for", arguments: 0..<57)
    func truncated(size: Int) throws {
        let made = HandMade()
        let set = try made.objectSet([3: list(made, [], bonusSize: size)])
        guard size >= 16 else {
            #expect(throws: ObjectError.self) { try BlockPointerList(try set.object(3), in: set) }
            return
        }
        let header = try BlockPointerList(try set.object(3), in: set).header
        #expect((header.compressedBytes != nil) == (size >= 32))
        #expect((header.uncompressedBytes != nil) == (size >= 32))
        #expect((header.subordinateObject != nil) == (size >= 48))
        #expect((header.subordinateCount != nil) == (size >= 48))
        #expect((header.freedCount != nil) == (size == 56))
    }

    @Test("no field of a header can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        let made = HandMade(order)
        let dnode = list(made, [pointer(1), pointer(2)], subordinates: 4, subordinateCount: 1)
        let fields = BlockPointerListHeader.Layout.fields
        try verb.forEachSpoiled(fields, of: dnode, at: 192, order) { spoiled in
            let set = try made.objectSet([3: spoiled, 4: numbers(made, [3, 9])])
            let list = try BlockPointerList(try set.object(3), in: set)
            _ = walk(list)
            _ = list.header.record
        }
    }

    @Test("no field of an entry can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzzEntry(verb: Fuzz, order: ByteOrder) throws {
        let made = HandMade(order)
        var block = [UInt8](repeating: 0, count: 512)
        made.put(pointer(7), at: 0, into: &block)
        try verb.forEachSpoiled(BlockPointer.Layout.fields, of: block, order) { spoiled in
            var bonus = [UInt8](repeating: 0, count: 56)
            made.put(UInt64(1), at: 0, into: &bonus)
            let object = try made.object(
                [spoiled], type: .blockPointerList, bonusType: .blockPointerListHeader,
                bonus: bonus)
            let list = try BlockPointerList(object, in: try made.objectSet([:]))
            var count = 0
            list.forEachOwnPointer { step in
                guard case .pointer(let pointer, _, _) = step else { return }
                _ = "\(pointer) \(pointer.record)"
                count += 1
            }
            #expect(count == 1)
        }
    }

    @Test("no number of a subordinate can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzzSubordinates(verb: Fuzz, order: ByteOrder) throws {
        let made = HandMade(order)
        let sound = numbers(made, [5, 6])
        let block = try made.blocks.read(Dnode(sound.rawBytes, order).pointer(0)).bytes
        try verb.forEachSpoiled(Fuzz.words(16), of: block, order) { spoiled in
            let set = try made.objectSet([
                3: list(made, [pointer(1)], subordinates: 4, subordinateCount: 2),
                4: made.dnode(made.shape([spoiled], type: .subordinateLists)),
                5: list(made, [pointer(2)]), 6: list(made, [pointer(3)]),
            ])
            let found = walk(try BlockPointerList(try set.object(3), in: set))
            #expect(found.births.contains(1))
        }
    }

    @Test func `pointers come in order, frees are marked`() throws {
        let made = HandMade()
        let pointers = (0..<9).map { pointer(UInt64($0), free: $0 % 3 == 0) }
        let set = try made.objectSet([3: list(made, pointers, count: 7)])
        var frees: [UInt64] = []
        let list = try BlockPointerList(try set.object(3), in: set)
        list.forEachOwnPointer { step in
            if case .pointer(let pointer, isFree: true, 3) = step {
                frees.append(pointer.logicalBirth.rawValue)
            }
        }
        #expect(frees == [0, 3, 6])
        #expect(walk(list).births == [0, 1, 2, 3, 4, 5, 6])
    }

    @Test func `subordinate lists are read once each, also where they form a circle`() throws {
        let made = HandMade()
        let set = try made.objectSet([
            3: list(made, [pointer(1)], subordinates: 10, subordinateCount: 2),
            4: list(made, [pointer(2)], subordinates: 11, subordinateCount: 2),
            5: list(made, [pointer(3), pointer(4)]),
            10: numbers(made, [4, 5]), 11: numbers(made, [3, 5]),
        ])
        let result = walk(try BlockPointerList(try set.object(3), in: set))
        #expect(result.births.sorted() == [1, 2, 3, 4])
        #expect(result.damaged == [4, 4])
    }

    @Test func `a missing subordinate and a wrong count are told, the rest is read`() throws {
        let made = HandMade()
        let set = try made.objectSet([
            3: list(made, [pointer(1)], count: 500, subordinates: 10, subordinateCount: 2),
            5: list(made, [pointer(3)]), 10: numbers(made, [77, 5]),
        ])
        let result = walk(try BlockPointerList(try set.object(3), in: set))
        #expect(result.births.contains(1) && result.births.contains(3))
        #expect(result.damaged.sorted() == [3, 77])
    }

    @Test func `a destroyed dataset's entry may lie across blocks`() throws {
        for order in ByteOrder.allCases {
            let made = HandMade(order)
            var bonus = [UInt8](repeating: 0, count: 40)
            for (index, word) in [UInt64(1), 4, 10, 20, 30].enumerated() {
                made.put(word, at: index * 8, into: &bonus)
            }
            var bytes = [UInt8](repeating: 0, count: 1024)
            for entry in 1..<4 {
                made.put(pointer(UInt64(entry)), at: entry * 168, into: &bytes)
                made.put(UInt64(entry * 10), at: entry * 168 + 128, into: &bytes)
                made.put(UInt64(entry * 100), at: entry * 168 + 144, into: &bytes)
            }
            let object = try made.object(
                [[UInt8](bytes.prefix(512)), [UInt8](bytes.suffix(512))], bonus: bonus)
            let tree = try BlockPointerTree(object)
            #expect(tree.bytes == 10)
            let entries = try tree.entries()
            #expect(entries.map(\.birth.rawValue) == [10, 20, 30])
            #expect(entries.map(\.pointer.logicalBirth.rawValue) == [1, 2, 3])
            #expect(entries.map(\.bookmark.object) == [100, 200, 300])
            _ = entries.map(\.record)
        }
    }

    /// A queue of `end` destroyed datasets, of which none is freed yet.
    private func tree(
        _ made: HandMade, _ block: [UInt8], end: UInt64, bonusSize: Int = 40
    ) throws -> DMUObject {
        var bonus = [UInt8](repeating: 0, count: 40)
        made.put(end, at: 8, into: &bonus)
        return try made.object([block], bonus: [UInt8](bonus.prefix(bonusSize)))
    }

    @Test("the head of a queue cut short is refused", arguments: 0..<40)
    func truncatedTree(size: Int) throws {
        let object = try tree(
            HandMade(), [UInt8](repeating: 0, count: 512), end: 0, bonusSize: size)
        #expect(throws: ObjectError.self) { try BlockPointerTree(object) }
    }

    @Test("an entry of a queue cut short throws", arguments: 0..<168)
    func truncatedEntry(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(throws: FormatError.self) { try BlockPointerTree.Entry(bytes.rawBytes, .little) }
        let bookmark = [UInt8](bytes.prefix(31))
        #expect(throws: FormatError.self) { try BlockBookmark(bookmark.rawBytes, .big) }
    }

    @Test(
        "no field of the queue of destroyed datasets can crash it", arguments: Fuzz.allCases,
        ByteOrder.allCases)
    func fuzzTree(verb: Fuzz, order: ByteOrder) throws {
        let made = HandMade(order)
        let block = [UInt8](repeating: 0, count: 512)
        let bonus = try tree(made, block, end: 2).bonus
        try verb.forEachSpoiled(BlockPointerTree.Layout.fields, of: bonus, order) { spoiled in
            let tree = try BlockPointerTree(try made.object([block], bonus: spoiled))
            _ = try? tree.entries()
            _ = tree.record
        }
        let fields =
            BlockPointer.Layout.fields + [AnyField(BlockPointerTree.Entry.Layout.birth)]
            + Fuzz.words(168).filter { $0.range.lowerBound >= 136 }
        try verb.forEachSpoiled(fields, of: block, order) { spoiled in
            let entries = try BlockPointerTree(try tree(made, spoiled, end: 2)).entries()
            #expect(entries.count == 2)
            _ = entries.map(\.record)
        }
    }
}
