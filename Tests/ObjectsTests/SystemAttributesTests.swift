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

    @Test(
        "no field of a header can crash it", arguments: AttributeHeader.Layout.fields, Fuzz.allCases
    )
    func fuzz(field: AnyField, verb: Fuzz) {
        var bonus = Self.bonus(HandMade())
        bonus.replaceSubrange(field.range, with: verb.apply(to: Array(bonus[field.range])))
        _ = try? values(bonus).record
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
        let short = try made.object([nil], bonusType: .znode, bonus: [UInt8](bonus.prefix(263)))
        #expect(throws: ObjectError.self) { try SystemAttributes.legacy.values(of: short) }
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
