package import Bytes
package import Objects
package import Vdevs

/// Structures put together byte by byte, in either order, over blocks in memory.
package struct HandMade {
    package let blocks: MemoryBlocks
    package let order: ByteOrder

    package init(_ order: ByteOrder = .little, blocks: MemoryBlocks = MemoryBlocks()) {
        self.order = order
        self.blocks = blocks
    }

    /// Writes an integer into bytes that are being put together.
    package func put<Value>(_ value: Value, at offset: Int, into bytes: inout [UInt8])
    where Value: FixedWidthInteger & BitwiseCopyable & Sendable {
        try? Field<Value>("test", at: offset).write(value, into: &bytes, order)
    }

    package func put(_ pointer: BlockPointer, at offset: Int, into bytes: inout [UInt8]) {
        for index in pointer.words.indices {
            put(pointer.words[index], at: offset + index * 8, into: &bytes)
        }
    }

    /// What a dnode is made of.
    package struct DnodeShape {
        package var type: ObjectType = .plainFile
        package var levels: UInt8 = 1
        package var indirectBlockShift: UInt8 = 12
        package var blockSize = 512
        package var maximumBlockID: UInt64 = 0
        package var pointers: [BlockPointer] = [.hole]
        package var bonusType: ObjectType = .none
        package var bonus: [UInt8] = []
        package var extraSlots: UInt8 = 0
        package var spill: BlockPointer?

        package init() {}
    }

    package func dnode(_ shape: DnodeShape) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (Int(shape.extraSlots) + 1) * 512)
        bytes[0] = shape.type.rawValue
        bytes[1] = shape.indirectBlockShift
        bytes[2] = shape.levels
        bytes[3] = UInt8(shape.pointers.count)
        bytes[4] = shape.bonusType.rawValue
        bytes[7] = shape.spill == nil ? 1 : 5
        put(UInt16(shape.blockSize / 512), at: 8, into: &bytes)
        put(UInt16(shape.bonus.count), at: 10, into: &bytes)
        bytes[12] = shape.extraSlots
        put(shape.maximumBlockID, at: 16, into: &bytes)
        put(UInt64(4096), at: 24, into: &bytes)
        for (index, pointer) in shape.pointers.enumerated() {
            put(pointer, at: 64 + index * 128, into: &bytes)
        }
        let start = 64 + shape.pointers.count * 128
        bytes.replaceSubrange(start..<start + shape.bonus.count, with: shape.bonus)
        if let spill = shape.spill { put(spill, at: bytes.count - 128, into: &bytes) }
        return bytes
    }

    /// A block full of pointers.
    package func indirect(
        _ pointers: [Int: BlockPointer], level: UInt8, shift: UInt8 = 12,
        type: ObjectType = .plainFile
    ) -> BlockPointer {
        var bytes = [UInt8](repeating: 0, count: 1 << Int(shift))
        for (slot, pointer) in pointers { put(pointer, at: slot * 128, into: &bytes) }
        return blocks.add(bytes, order, type: type, level: level)
    }

    /// An object of the blocks given, with as many levels as they need.
    package func object(
        _ contents: [[UInt8]?], type: ObjectType = .plainFile, bonusType: ObjectType = .none,
        bonus: [UInt8] = [], number: UInt64 = 5
    ) throws -> DMUObject {
        let bytes = dnode(shape(contents, type: type, bonusType: bonusType, bonus: bonus))
        return DMUObject(number: number, dnode: try Dnode(bytes.rawBytes, order), source: blocks)
    }

    package func shape(
        _ contents: [[UInt8]?], type: ObjectType = .plainFile, bonusType: ObjectType = .none,
        bonus: [UInt8] = []
    ) -> DnodeShape {
        var shape = DnodeShape()
        shape.type = type
        shape.bonusType = bonusType
        shape.bonus = bonus
        shape.blockSize = contents.compactMap(\.self).first?.count ?? 512
        shape.maximumBlockID = UInt64(max(1, contents.count) - 1)
        var pointers: [Int: BlockPointer] = [:]
        for (index, block) in contents.enumerated() {
            if let block { pointers[index] = blocks.add(block, order, type: type) }
        }
        var width = contents.count
        while width > 1 {
            var above: [Int: [Int: BlockPointer]] = [:]
            for (index, pointer) in pointers {
                above[index / 32, default: [:]][index % 32] = pointer
            }
            pointers = above.mapValues { indirect($0, level: shape.levels, type: type) }
            shape.levels += 1
            width = (width + 31) / 32
        }
        shape.pointers = [pointers[0] ?? .hole]
        return shape
    }

    /// An object set of the dnodes given by their numbers.
    package func objectSet(_ dnodes: [Int: [UInt8]], blockSize: Int = 16384) throws -> ObjectSet {
        try ObjectSet(source: blocks, pointer: objectSetPointer(dnodes, blockSize: blockSize))
    }

    package func objectSetPointer(
        _ dnodes: [Int: [UInt8]], blockSize: Int = 16384, size: Int = 4096
    ) -> BlockPointer {
        let perBlock = blockSize / 512
        let last = (dnodes.keys.max() ?? 0) / perBlock
        var contents = [[UInt8]?](repeating: nil, count: last + 1)
        for (number, bytes) in dnodes {
            var block = contents[number / perBlock] ?? [UInt8](repeating: 0, count: blockSize)
            let start = number % perBlock * 512
            block.replaceSubrange(start..<start + bytes.count, with: bytes)
            contents[number / perBlock] = block
        }
        var header = [UInt8](repeating: 0, count: size)
        let meta = shape(contents, type: .dnode)
        header.replaceSubrange(0..<512, with: dnode(meta))
        put(UInt64(2), at: 704, into: &header)
        return blocks.add(header, order, type: .objectSet)
    }
}
