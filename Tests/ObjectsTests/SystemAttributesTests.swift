import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

@Suite struct SystemAttributesTests {
    private static let definitions = Dictionary(
        uniqueKeysWithValues: [
            AttributeDefinition(number: 0, name: "ZPL_MTIME", length: 16, swap: 0),
            AttributeDefinition(number: 1, name: "ZPL_SIZE", length: 8, swap: 0),
            AttributeDefinition(number: 2, name: "ZPL_SYMLINK", length: 0, swap: 3),
            AttributeDefinition(number: 3, name: "ZPL_DXATTR", length: 0, swap: 3),
            AttributeDefinition(number: 4, name: "OTHER", length: 3, swap: 3),
            AttributeDefinition(number: 5, name: "ZPL_MODE", length: 8, swap: 0),
        ].map { ($0.number, $0) })

    private static let tables = SystemAttributes(
        definitions: definitions,
        layouts: [2: [1, 5, 0, 2, 4, 3], 3: [3], 4: [1, 99, 5], 5: []])

    /// Size 77, mode 0o100644, a time before 1970, a link "target", three other bytes, 10 bytes of attributes.
    private static func bonus(_ made: HandMade) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 80)
        made.put(UInt32(0x2F505A), at: 0, into: &bytes)
        made.put(UInt16(2 << 10 | 2), at: 4, into: &bytes)
        made.put(UInt16(6), at: 6, into: &bytes)
        made.put(UInt16(10), at: 8, into: &bytes)
        made.put(UInt64(77), at: 16, into: &bytes)
        made.put(UInt64(0o100644), at: 24, into: &bytes)
        made.put(Int64(-3600), at: 32, into: &bytes)
        made.put(UInt64(5), at: 40, into: &bytes)
        bytes.replaceSubrange(48..<54, with: "target".utf8)
        bytes.replaceSubrange(56..<59, with: [1, 2, 3])
        bytes.replaceSubrange(64..<74, with: [UInt8](repeating: 9, count: 10))
        return bytes
    }

    private func values(_ bonus: [UInt8], _ made: HandMade = HandMade()) throws -> AttributeValues {
        let object = try made.object([nil], bonusType: .systemAttributes, bonus: bonus)
        return try Self.tables.values(of: object)
    }

    @Test("finds attributes by their layout", arguments: ByteOrder.allCases)
    func layout(order: ByteOrder) throws {
        let made = HandMade(order)
        let values = try values(Self.bonus(made), made)
        #expect(values.problems.isEmpty)
        #expect(values.size == 77)
        #expect(values.mode == 0o100644)
        #expect(values.modificationTime == AttributeTime(seconds: -3600, nanoseconds: 5))
        #expect(values.symbolicLink == [UInt8]("target".utf8))
        #expect(values.packedExtendedAttributes == [UInt8](repeating: 9, count: 10))
        #expect(values.others.map(\.definition.name) == ["OTHER"])
        #expect(values.others.map { values.bytes($0.place) } == [[1, 2, 3]])
        #expect(values.links == nil)
        #expect(values.order(of: .size) == order)
        #expect(values.record["size"] == .bytes(77))
    }

    @Test("the magic tells the order, whatever the block's is", arguments: ByteOrder.allCases)
    func magic(order: ByteOrder) throws {
        let values = try values(Self.bonus(HandMade(order)), HandMade(order.swapped))
        #expect(values.size == 77)
    }

    @Test("a buffer cut short gives what is whole", arguments: 0..<80)
    func truncated(count: Int) throws {
        let bonus = [UInt8](Self.bonus(HandMade()).prefix(count))
        guard count >= 6 else {
            #expect(throws: ObjectError.self) { try self.values(bonus) }
            return
        }
        guard let values = try? values(bonus) else {
            #expect(count < 10)
            return
        }
        #expect((values.size == 77) == (count >= 24))
        #expect((values.symbolicLink != nil) == (count >= 54))
        #expect((values.packedExtendedAttributes != nil) == (count >= 74))
        #expect(values.problems.isEmpty == (count >= 74))
    }

    @Test("no field of a buffer can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        let made = HandMade(order)
        let bonus = Self.bonus(made)
        let fields =
            AttributeHeader.Layout.fields + [AnyField(AttributeHeader.Layout.length(1))]
            + Fuzz.words(80)
        verb.forEachSpoiled(fields, of: bonus, order) { spoiled in
            guard let values = try? values(spoiled, made) else { return }
            _ = values.record
        }
    }

    /// A file system whose object 2 names a registry of two attributes and a layout of both.
    private static func filesystem(
        _ order: ByteOrder, registry: [UInt64] = [8 << 24 | 5, 3 << 16 | 3],
        layout: [UInt8] = [0, 5, 0, 3]
    ) throws -> ObjectSet {
        let zap = HandMadeZAP(order)
        func object(_ blocks: [[UInt8]]) -> [UInt8] {
            zap.made.dnode(zap.made.shape(blocks, type: .directory))
        }
        let names = zip(["ZPL_MODE", "ZPL_DXATTR"], registry).map { ($0, $1) }
        let layouts = zap.fat([.init(.name([UInt8]("2".utf8)), integerSize: 2, layout)])
        return try zap.made.objectSet([
            1: object([zap.micro([("VERSION", 5), ("SA_ATTRS", 2)])]),
            2: object([zap.micro([("REGISTRY", 3), ("LAYOUTS", 4)])]),
            3: object([zap.micro(names)]), 4: object(layouts),
        ])
    }

    @Test("registry and layouts are read in either order", arguments: ByteOrder.allCases)
    func tables(order: ByteOrder) throws {
        let tables = try SystemAttributes(try Self.filesystem(order))
        #expect(tables.problems.isEmpty)
        #expect(tables.definitions[5]?.name == "ZPL_MODE")
        #expect(tables.definitions[5]?.length == 8)
        #expect(tables.definitions[3]?.name == "ZPL_DXATTR")
        #expect(tables.definitions[3]?.length == 0)
        #expect(tables.definitions[3]?.swap == 3)
        let layout = try #require(tables.layouts[2])
        #expect(layout.definitions.map(\.number) == [5, 3])
        #expect(layout.variableCount == 1)
    }

    @Test(
        "no word of registry and layouts can crash it", arguments: Fuzz.allCases,
        ByteOrder.allCases)
    func fuzzTables(verb: Fuzz, order: ByteOrder) throws {
        let made = HandMade(order)
        let object = try made.object(
            [nil], bonusType: .systemAttributes, bonus: Self.bonus(made))
        for index in 0..<2 {
            var words: [UInt64] = [8 << 24 | 5, 3 << 16 | 3]
            let bytes = (0..<8).map { UInt8(truncatingIfNeeded: words[index] >> UInt64($0 * 8)) }
            words[index] = try verb.apply(to: bytes).rawBytes.integer(at: 0, .little)
            let tables = try SystemAttributes(try Self.filesystem(order, registry: words))
            _ = try? tables.values(of: object).record
            _ = tables.record
        }
        for width in [1, 2, 4] {
            let fields = Fuzz.words(4, width: width)
            try verb.forEachSpoiled(fields, of: [0, 5, 0, 3], .big) { spoiled in
                let tables = try SystemAttributes(try Self.filesystem(order, layout: spoiled))
                _ = try? tables.values(of: object).record
                _ = tables.record
            }
        }
    }

    @Test func `a layout that is not a list of numbers is told`() throws {
        let set = try Self.filesystem(.little)
        let zap = HandMadeZAP(.little)
        let layouts = zap.micro([("2", 77)])
        let made = HandMade(.little, blocks: zap.made.blocks)
        let tables = try SystemAttributes(
            try made.objectSet([
                2: made.dnode(
                    made.shape([zap.micro([("REGISTRY", 9), ("LAYOUTS", 4)])], type: .directory)),
                4: made.dnode(made.shape([layouts], type: .directory)),
            ]), tables: 2)
        #expect(tables.problems.count == 2)
        #expect(tables.problems[0].hasPrefix("REGISTRY: "))
        #expect(tables.problems[1] == "the attribute layout 2 is not a list of attributes")
        #expect(try SystemAttributes(set, tables: 2).problems.isEmpty)
    }

    @Test func `what does not fit the tables is told`() throws {
        var bonus = Self.bonus(HandMade())
        bonus[4] = 4
        let unknown = try values(bonus)
        #expect(unknown.problems.map(\.field) == ["sa_layout_info"])
        #expect(unknown.size != nil)
        #expect(unknown.mode == nil)
        bonus[4] = 9
        #expect(throws: ObjectError.self) { try self.values(bonus) }
        bonus[4] = 2
        bonus[5] = 4
        #expect(try values(bonus).problems.map(\.field) == ["sa_layout_info"])
        bonus[4] = 1
        #expect(try values(bonus).names.isEmpty)
    }

    @Test func `attributes stand in the spill block too, and its loss is told`() throws {
        let made = HandMade()
        var spilled = [UInt8](repeating: 0, count: 512)
        made.put(UInt32(0x2F505A), at: 0, into: &spilled)
        made.put(UInt16(1 << 10 | 3), at: 4, into: &spilled)
        made.put(UInt16(300), at: 6, into: &spilled)
        spilled.replaceSubrange(8..<308, with: [UInt8](repeating: 5, count: 300))
        // A layout without attributes needs no more than the shortest header.
        var bonus = [UInt8](Self.bonus(made).prefix(8))
        made.put(UInt16(1 << 10 | 5), at: 4, into: &bonus)
        var shape = HandMade.DnodeShape()
        shape.bonusType = .systemAttributes
        shape.bonus = bonus
        let spill = made.blocks.add(spilled, type: .systemAttributes)
        shape.spill = spill
        let bytes = made.dnode(shape)
        let object = DMUObject(
            number: 1, dnode: try Dnode(bytes.rawBytes, .little), source: made.blocks)
        let values = try Self.tables.values(of: object)
        #expect(values.packedExtendedAttributes == [UInt8](repeating: 5, count: 300))
        #expect(values.place(.packedExtendedAttributes)?.isSpilled == true)
        made.blocks.remove(spill)
        #expect(try Self.tables.values(of: object).problems.map(\.field) == ["dn_spill"])
    }

    @Test("an old znode has its fields where they always were", arguments: ByteOrder.allCases)
    func znode(order: ByteOrder) throws {
        let made = HandMade(order)
        var bonus = [UInt8](repeating: 0, count: 264 + 6)
        for (index, offset) in stride(from: 0, to: 144, by: 8).enumerated() {
            made.put(UInt64(index + 100), at: offset, into: &bonus)
        }
        made.put(UInt64(0o120777), at: 72, into: &bonus)
        made.put(UInt64(6), at: 80, into: &bonus)
        bonus.replaceSubrange(264..<270, with: "target".utf8)
        let object = try made.object([nil], bonusType: .znode, bonus: bonus)
        let values = try SystemAttributes.legacy.values(of: object)
        #expect(values.accessTime == AttributeTime(seconds: 100, nanoseconds: 101))
        #expect(values.creationTime == AttributeTime(seconds: 106, nanoseconds: 107))
        #expect(values.generation == 108)
        #expect(values.mode == 0o120777)
        #expect(values.size == 6)
        #expect(values.parent == 111)
        #expect(values.links == 112)
        #expect(values.extendedAttributes == 113)
        #expect(values.device == 114)
        #expect(values.flags == 115)
        #expect(values.user == 116)
        #expect(values.group == 117)
        #expect(values.znodeACL?.count == 88)
        #expect(values.symbolicLink == [UInt8]("target".utf8))
        for count in 0..<270 {
            let cut = try made.object(
                [nil], bonusType: .znode, bonus: [UInt8](bonus.prefix(count)))
            guard count >= 264 else {
                #expect(throws: ObjectError.self) { try SystemAttributes.legacy.values(of: cut) }
                continue
            }
            // The target does not fit any more.
            #expect(try SystemAttributes.legacy.values(of: cut).symbolicLink == nil)
        }
        for verb in Fuzz.allCases {
            try verb.forEachSpoiled(Fuzz.words(264), of: bonus, order) { spoiled in
                let object = try made.object([nil], bonusType: .znode, bonus: spoiled)
                _ = try SystemAttributes.legacy.values(of: object).record
            }
        }
    }

    @Test func `an object without attributes, and one still encrypted, are told apart`() throws {
        let made = HandMade()
        let plain = try made.object([nil], bonusType: .dslDataset, bonus: [1, 2])
        let error = #expect(throws: ObjectError.self) { try Self.tables.values(of: plain) }
        guard case .wrongType? = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        var shape = HandMade.DnodeShape()
        shape.bonusType = .systemAttributes
        shape.bonus = Self.bonus(made)
        let dnode = try Dnode(block: made.dnode(shape), at: 0, .little, isSealed: true)
        let sealed = DMUObject(number: 1, dnode: dnode, source: made.blocks)
        let refusal = #expect(throws: ObjectError.self) { try Self.tables.values(of: sealed) }
        #expect(refusal?.reason == .sealed)
    }
}
