import Blocks
import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

@Suite struct ObjectSetTests {
    /// A file's dnode that can be told apart by its last block's index.
    private func dnode(_ made: HandMade, _ mark: UInt64, extraSlots: UInt8 = 0) -> [UInt8] {
        var shape = HandMade.DnodeShape()
        shape.maximumBlockID = mark
        shape.extraSlots = extraSlots
        return made.dnode(shape)
    }

    @Test("finds objects in either byte order", arguments: ByteOrder.allCases)
    func objects(order: ByteOrder) throws {
        let made = HandMade(order)
        let set = try made.objectSet([1: dnode(made, 11), 40: dnode(made, 400), 99: dnode(made, 9)])
        #expect(set.type == .filesystem)
        #expect(try set.object(1).dnode.maximumBlockID == 11)
        #expect(try set.object(40).dnode.maximumBlockID == 400)
        for missing: UInt64 in [2, 33, 128, 1 << 40, .max, .max - 5] {
            #expect(throws: ObjectError.self) { try set.object(missing) }
        }
        #expect(try set.object(0).type == .dnode)
    }

    @Test func `walks all dnodes in order and reads each block once`() throws {
        let made = HandMade()
        let numbers = [1, 2, 31, 64, 65, 1000]
        let set = try made.objectSet(
            Dictionary(uniqueKeysWithValues: numbers.map { ($0, dnode(made, UInt64($0))) }))
        var found: [UInt64] = []
        set.forEachDnode { visit in
            if case .object(let object) = visit { found.append(object.number) }
        }
        #expect(found == numbers.map { UInt64($0) })
        for index in [0, 2, 31] {
            let pointer = try set.metaObject.tree.pointer(level: 0, index: UInt64(index))
            #expect(made.blocks.readCount(pointer) == 1)
        }
        found = []
        set.forEachDnode(from: 65) { visit in
            if case .object(let object) = visit { found.append(object.number) }
        }
        #expect(found == [65, 1000])
    }

    @Test func `repeated lookups read a dnode block once`() throws {
        let made = HandMade()
        let set = try made.objectSet([1: dnode(made, 1), 2: dnode(made, 2), 40: dnode(made, 3)])
        for _ in 0..<5 {
            _ = try set.object(1)
            _ = try set.object(2)
        }
        let pointer = try set.metaObject.tree.pointer(level: 0, index: 0)
        #expect(made.blocks.readCount(pointer) == 1)
    }

    @Test func `the slots of a large dnode are no objects of their own`() throws {
        let made = HandMade()
        var large = dnode(made, 5, extraSlots: 3)
        // What looks like a dnode stands in the bonus of the large one.
        large.replaceSubrange(1024..<1536, with: dnode(made, 6))
        let set = try made.objectSet([8: large, 12: dnode(made, 7)])
        #expect(try set.object(8).dnode.byteCount == 2048)
        let error = #expect(throws: ObjectError.self) { try set.object(10) }
        #expect(error?.description == "object 10: the slot belongs to the large dnode 8")
        #expect(try set.object(12).dnode.maximumBlockID == 7)
        var found: [UInt64] = []
        set.forEachDnode { if case .object(let object) = $0 { found.append(object.number) } }
        #expect(found == [8, 12])
    }

    @Test func `a damaged dnode and a missing block leave the others readable`() throws {
        let made = HandMade()
        var bad = dnode(made, 1)
        bad[2] = 0
        let set = try made.objectSet([
            3: bad, 4: dnode(made, 4), 40: dnode(made, 5), 70: dnode(made, 6),
        ])
        made.blocks.remove(try set.metaObject.tree.pointer(level: 0, index: 1))
        var found: [UInt64] = []
        var damaged: [ClosedRange<UInt64>] = []
        set.forEachDnode { visit in
            switch visit {
            case .object(let object): found.append(object.number)
            case .damaged(let range, _): damaged.append(range)
            }
        }
        #expect(found == [4, 70])
        #expect(damaged == [3...3, 32...63])
    }

    @Test(
        "a header of each size has the accounting objects it has room for",
        arguments: [1024, 2048, 4096])
    func sizes(size: Int) throws {
        for order in ByteOrder.allCases {
            let made = HandMade(order)
            let pointer = made.objectSetPointer([1: dnode(made, 1)], size: size)
            var header = try made.blocks.read(pointer).bytes
            for (index, start) in [1024, 1536, 2048].enumerated() where start + 512 <= size {
                header.replaceSubrange(start..<start + 512, with: dnode(made, UInt64(index)))
            }
            made.blocks.replace(pointer, with: header)
            let set = try ObjectSet(source: made.blocks, pointer: pointer)
            #expect(set.header.problems.isEmpty)
            #expect(((try? set.object(ObjectSet.userUsedObject)) != nil) == (size >= 2048))
            #expect(((try? set.object(ObjectSet.groupUsedObject)) != nil) == (size >= 2048))
            #expect(((try? set.object(ObjectSet.projectUsedObject)) != nil) == (size >= 4096))
        }
    }

    @Test(
        "every truncation of a header throws or tells", arguments: Truncation.lengths(below: 1024))
    func truncated(count: Int) {
        let made = HandMade()
        let pointer = made.objectSetPointer([1: dnode(made, 1)], size: 1024)
        guard let whole = try? made.blocks.read(pointer).bytes else { return }
        #expect(throws: FormatError.self) {
            try ObjectSetHeader([UInt8](whole.prefix(count)).rawBytes, .little)
        }
    }

    @Test(
        "no field of a header can crash it", arguments: ObjectSetHeader.Layout.fields, Fuzz.allCases
    )
    func fuzz(field: AnyField, verb: Fuzz) throws {
        for order in ByteOrder.allCases {
            let made = HandMade(order)
            let pointer = made.objectSetPointer([1: dnode(made, 1)])
            var header = try made.blocks.read(pointer).bytes
            header.replaceSubrange(
                field.range, with: verb.apply(to: Array(header[field.range]), order))
            made.blocks.replace(pointer, with: header)
            guard let set = try? ObjectSet(source: made.blocks, pointer: pointer) else { continue }
            _ = set.header.record
            _ = try? set.object(1)
            set.forEachDnode { _ in }
        }
    }

    @Test(
        "no field of the meta dnode can crash a walk", arguments: Dnode.Layout.fields,
        Fuzz.allCases)
    func fuzzMeta(field: AnyField, verb: Fuzz) throws {
        let made = HandMade()
        let pointer = made.objectSetPointer([1: dnode(made, 1), 90: dnode(made, 2)])
        var header = try made.blocks.read(pointer).bytes
        header.replaceSubrange(field.range, with: verb.apply(to: Array(header[field.range])))
        made.blocks.replace(pointer, with: header)
        guard let set = try? ObjectSet(source: made.blocks, pointer: pointer) else { return }
        for number: UInt64 in [0, 1, 90, 1 << 50, .max / 2] { _ = try? set.object(number) }
        set.forEachDnode { _ in }
        set.forEachDnode(from: 1 << 62) { _ in }
    }

    @Test func `an intent log header decodes in either byte order and not when cut`() throws {
        for order in ByteOrder.allCases {
            let made = HandMade(order)
            var bytes = [UInt8](repeating: 0, count: 192)
            for (index, offset) in [0, 8, 144, 152, 160].enumerated() {
                made.put(UInt64(index + 1), at: offset, into: &bytes)
            }
            made.put(made.blocks.add([UInt8](repeating: 0, count: 4096)), at: 16, into: &bytes)
            let header = try IntentLogHeader(bytes.rawBytes, order)
            #expect(header.claimTxg == TransactionGroup(1))
            #expect(header.replaySequence == 2)
            #expect(header.claimBlockSequence == 3)
            #expect(header.flags == 4)
            #expect(header.claimRecordSequence == 5)
            #expect(header.log.logicalSize == 4096)
            for count in 0..<168 {
                #expect(throws: FormatError.self) {
                    try IntentLogHeader([UInt8](bytes.prefix(count)).rawBytes, order)
                }
            }
            for verb in Fuzz.allCases {
                try verb.forEachSpoiled(Fuzz.words(192), of: bytes, order) { spoiled in
                    _ = try IntentLogHeader(spoiled.rawBytes, order).log.record
                }
            }
        }
    }
}
