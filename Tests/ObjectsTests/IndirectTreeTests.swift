import Blocks
import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

@Suite struct IndirectTreeTests {
    /// A block whose bytes tell its index.
    private func block(_ index: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(index % 251), count: 512)
    }

    @Test("reads blocks through any number of levels", arguments: [1, 2, 32, 33, 1024, 1025])
    func levels(count: Int) throws {
        for order in ByteOrder.allCases {
            let made = HandMade(order)
            let contents = (0..<count).map { $0 % 7 == 3 ? nil : block($0) }
            let object = try made.object(contents)
            #expect(object.blockCount == UInt64(count))
            for index in stride(from: 0, to: count, by: max(1, count / 40)) {
                let expected = contents[index] ?? [UInt8](repeating: 0, count: 512)
                #expect(try object.block(UInt64(index)) == expected)
                #expect(try object.isHole(UInt64(index)) == (contents[index] == nil))
            }
            #expect(throws: ObjectError.self) { try object.block(UInt64(count)) }
        }
    }

    @Test func `reads ranges across blocks and holes`() throws {
        let object = try HandMade().object([block(1), nil, block(3)])
        let expected: [UInt8] = [1, 1] + [UInt8](repeating: 0, count: 512) + [3, 3]
        #expect(try object.read(at: 510, count: 516) == expected)
        #expect(try object.read(at: 1536, count: 0).isEmpty)
        #expect(throws: ObjectError.self) { try object.read(at: 1535, count: 2) }
        #expect(throws: ObjectError.self) { try object.read(at: .max, count: 1) }
        #expect(throws: ObjectError.self) { try object.read(at: 0, count: -1) }
    }

    @Test func `each block's order is that of the pointer to it`() throws {
        let little = HandMade(.little)
        let big = HandMade(.big, blocks: little.blocks)
        let data = little.blocks.add(block(9), .little, type: .plainFile)
        let indirect = big.indirect([0: data, 1: data], level: 1)
        var shape = HandMade.DnodeShape()
        shape.levels = 2
        shape.maximumBlockID = 1
        shape.pointers = [indirect]
        let dnode = try Dnode(little.dnode(shape).rawBytes, .little)
        let object = DMUObject(number: 1, dnode: dnode, source: little.blocks)
        #expect(try object.orderedBlock(1)?.order == .little)
        #expect(try object.block(1) == block(9))
    }

    @Test func `a missing block is told with its level and index`() throws {
        let made = HandMade()
        let object = try made.object((0..<40).map { block($0) })
        made.blocks.remove(try object.tree.pointer(level: 1, index: 1))
        let error = #expect(throws: ObjectError.self) { try object.block(35) }
        guard case .block(level: 1, index: 1, _)? = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try object.block(31) == block(31))
    }

    @Test func `a pointer of another level is not followed`() throws {
        let made = HandMade()
        let data = made.blocks.add([UInt8](repeating: 1, count: 4096), level: 0)
        var shape = HandMade.DnodeShape()
        shape.levels = 2
        shape.maximumBlockID = 3
        shape.pointers = [data]
        let object = DMUObject(
            number: 1, dnode: try Dnode(made.dnode(shape).rawBytes, .little), source: made.blocks)
        #expect(throws: ObjectError.self) { try object.block(0) }
        var damaged = 0
        object.forEachBlockPointer { if case .damaged = $0 { damaged += 1 } }
        #expect(damaged == 1)
    }

    @Test func `a block of another size than the dnode says is an error`() throws {
        let made = HandMade()
        let object = try made.object([block(1), [UInt8](repeating: 1, count: 1024)])
        #expect(try object.block(0) == block(1))
        #expect(throws: ObjectError.self) { try object.block(1) }
    }

    @Test func `a tree that leads to one block many times does not multiply`() throws {
        let made = HandMade()
        var pointer = made.blocks.add(block(1), type: .plainFile)
        for level in UInt8(1)...9 {
            let slots = Dictionary(uniqueKeysWithValues: (0..<32).map { ($0, pointer) })
            pointer = made.indirect(slots, level: level)
        }
        var shape = HandMade.DnodeShape()
        shape.levels = 10
        shape.maximumBlockID = 1 << 45
        shape.pointers = [pointer]
        let object = DMUObject(
            number: 1, dnode: try Dnode(made.dnode(shape).rawBytes, .little), source: made.blocks)
        var data = 0
        var damaged = 0
        object.forEachBlockPointer { step in
            switch step {
            case .pointer(_, level: 0, _): data += 1
            case .pointer: break
            case .damaged: damaged += 1
            }
        }
        #expect(data == 32)
        #expect(damaged == 31 * 8)
    }

    @Test("a tree of any height and shift is walked or refused", arguments: UInt8(1)...30)
    func heights(levels: UInt8) throws {
        for shift in UInt8(9)...24 {
            let made = HandMade()
            var shape = HandMade.DnodeShape()
            shape.levels = levels
            shape.indirectBlockShift = shift
            shape.maximumBlockID = .max
            var bytes = [UInt8](repeating: 0xff, count: 512)
            bytes[0] = 1
            shape.pointers = [made.blocks.add(bytes, level: levels - 1)]
            let object = DMUObject(
                number: 1, dnode: try Dnode(made.dnode(shape).rawBytes, .little),
                source: made.blocks)
            for index: UInt64 in [0, 1, 1 << 32, .max] { _ = try? object.block(index) }
            _ = object.treeRecords(limit: 40)
        }
    }

    @Test func `walks in order, from the middle too, and tells holes when asked`() throws {
        let made = HandMade()
        let object = try made.object((0..<100).map { $0 % 2 == 0 ? block($0) : nil })
        func indices(from first: UInt64, holes: Bool) -> [UInt64] {
            var indices: [UInt64] = []
            object.tree.forEachPointer(from: first, includingHoles: holes) { step in
                if case .pointer(_, level: 0, let index) = step { indices.append(index) }
                return .into
            }
            return indices
        }
        #expect(indices(from: 0, holes: false) == (0..<50).map { UInt64($0) * 2 })
        #expect(indices(from: 71, holes: false) == (36..<50).map { UInt64($0) * 2 })
        #expect(Array(indices(from: 90, holes: true).prefix(10)) == (90..<100).map { UInt64($0) })
    }
}
