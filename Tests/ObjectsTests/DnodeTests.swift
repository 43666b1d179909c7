import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

@Suite struct DnodeTests {
    /// A dnode with one of everything: a pointer, a bonus, a spill pointer, an extra slot.
    private static func sample(_ order: ByteOrder) -> [UInt8] {
        let made = HandMade(order)
        var shape = HandMade.DnodeShape()
        shape.pointers = [made.blocks.add([UInt8](repeating: 7, count: 512), order)]
        shape.bonusType = .systemAttributes
        shape.bonus = [UInt8](1...200)
        shape.extraSlots = 1
        shape.spill = made.blocks.add([UInt8](repeating: 8, count: 512), order)
        shape.maximumBlockID = 0x0102_0304_0506
        return made.dnode(shape)
    }

    @Test("decodes in either byte order", arguments: ByteOrder.allCases)
    func orders(order: ByteOrder) throws {
        let sample = Self.sample(order)
        let dnode = try Dnode(sample.rawBytes, order)
        #expect(dnode.type == .plainFile)
        #expect(dnode.levels == 1)
        #expect(dnode.pointerCount == 1)
        #expect(dnode.dataBlockSize == 512)
        #expect(dnode.indirectBlockSize == 4096)
        #expect(dnode.byteCount == 1024)
        #expect(dnode.maximumBlockID == 0x0102_0304_0506)
        #expect(dnode.usedBytes == 4096)
        #expect(dnode.bonus == [UInt8](1...200))
        #expect(dnode.pointer(0).logicalSize == 512)
        #expect(dnode.pointer(1).isHole)
        #expect(dnode.spillPointer?.logicalSize == 512)
        #expect(dnode.problems.isEmpty)
        #expect(dnode.bytes == Self.sample(order))
    }

    @Test("every truncation throws", arguments: Truncation.lengths(below: 1024))
    func truncated(count: Int) {
        #expect(throws: FormatError.self) {
            try Dnode([UInt8](Self.sample(.little).prefix(count)).rawBytes, .little)
        }
    }

    @Test("no field can crash it", arguments: Dnode.Layout.fields, Fuzz.allCases)
    func fuzz(field: AnyField, verb: Fuzz) {
        for order in ByteOrder.allCases {
            var bytes = Self.sample(order)
            bytes.replaceSubrange(
                field.range, with: verb.apply(to: Array(bytes[field.range]), order))
            guard let dnode = try? Dnode(bytes.rawBytes, order) else { continue }
            #expect(dnode.bonus.count <= 1024)
            _ = dnode.record
            let object = DMUObject(number: 1, dnode: dnode, source: MemoryBlocks())
            _ = try? object.block(0)
            _ = try? object.block(.max)
            _ = try? object.read(at: .max - 3, count: 8)
            _ = try? object.spill()
            object.forEachBlockPointer { _ in }
            _ = object.summary
            _ = object.treeRecords(limit: 100)
        }
    }

    @Test(
        "what makes an object unreadable is thrown by its name",
        arguments: [
            ("dn_nlevels", 2, 0), ("dn_nlevels", 2, 31), ("dn_nblkptr", 3, 0),
            ("dn_nblkptr", 3, 4), ("dn_indblkshift", 1, 8), ("dn_indblkshift", 1, 25),
            ("dn_extra_slots", 12, 2), ("dn_datablkszsec", 8, 0),
        ])
    func shape(field: String, offset: Int, value: UInt8) {
        var bytes = Self.sample(.little)
        bytes[offset] = value
        let error = #expect(throws: FormatError.self) { try Dnode(bytes.rawBytes, .little) }
        #expect(error?.field == field)
    }

    @Test(
        "what can be read around is a problem",
        arguments: [("dn_type", 0, 100), ("dn_bonustype", 4, 60), ("dn_bonuslen", 11, 4)])
    func problem(field: String, offset: Int, value: UInt8) throws {
        var bytes = Self.sample(.little)
        bytes[offset] = value
        let dnode = try Dnode(bytes.rawBytes, .little)
        #expect(dnode.problems.map(\.field) == [field])
        #expect(dnode.bonus.count <= 1024 - 64 - 128 - 128)
    }

    @Test func `a bonus never reaches into the spill pointer`() throws {
        var bytes = Self.sample(.little)
        bytes[10] = 0xff
        bytes[11] = 0xff
        #expect(try Dnode(bytes.rawBytes, .little).bonus.count == 1024 - 64 - 128 - 128)
    }

    @Test func `three pointers leave no room for the spill pointer and give an empty bonus`() throws
    {
        var bytes = [UInt8](Self.sample(.little).prefix(512))
        bytes[3] = 3
        bytes[12] = 0
        let dnode = try Dnode(bytes.rawBytes, .little)
        #expect(dnode.bonus.isEmpty)
        #expect(dnode.problems.map(\.field) == ["dn_bonuslen"])
    }

    @Test func `a free slot is no object, whatever else it holds`() throws {
        var bytes = [UInt8](repeating: 0xff, count: 512)
        bytes[0] = 0
        let dnode = try Dnode(bytes.rawBytes, .little)
        #expect(!dnode.isAllocated)
        #expect(dnode.bonus.isEmpty)
        #expect(dnode.spillPointer == nil)
    }

    @Test("a changed dnode decodes to what was set", arguments: ByteOrder.allCases)
    func encode(order: ByteOrder) throws {
        let sample = Self.sample(order)
        let dnode = try Dnode(sample.rawBytes, order)
        var change = Dnode.Change()
        change.maximumBlockID = 9
        change.used = 512
        change.bonusLength = 100
        let bytes = try dnode.encoded(change)
        let changed = try Dnode(bytes.rawBytes, order)
        #expect(changed.maximumBlockID == 9)
        #expect(changed.used == 512)
        #expect(changed.bonus == [UInt8](1...100))
        #expect(try dnode.encoded(Dnode.Change()) == Self.sample(order))
    }

    @Test func `space counted in sectors is given in bytes`() throws {
        var bytes = Self.sample(.little)
        bytes[7] = 4
        #expect(try Dnode(bytes.rawBytes, .little).usedBytes == 4096 * 512)
    }
}
