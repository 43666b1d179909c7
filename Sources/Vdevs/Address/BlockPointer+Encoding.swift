package import Bytes
package import Codecs

extension BlockPointer {
    /// A pointer to a block that is about to be written; both births are `birth`.
    ///
    /// Sizes are in bytes, whole sectors of 512 up to 32 MiB; at most three addresses.
    package init(
        type: ObjectType, level: UInt8, logicalSize: Int, physicalSize: Int,
        compression: CompressionAlgorithm, checksumAlgorithm: ChecksumAlgorithm,
        checksum: Checksum, order: ByteOrder, addresses: [DVA], birth: TransactionGroup,
        fill: UInt64
    ) {
        for size in [logicalSize, physicalSize] {
            precondition(size > 0 && size % 512 == 0 && size >> 9 <= 1 << 16, "no size of a block")
        }
        precondition((1...3).contains(addresses.count), "a block has one to three copies")
        self = .hole
        for (index, address) in addresses.enumerated() {
            words[index * 2] = address.word0
            words[index * 2 + 1] = address.word1
        }
        var properties = Bits.logicalSize.write(UInt64(logicalSize >> 9 - 1), into: 0)
        properties = Bits.physicalSize.write(UInt64(physicalSize >> 9 - 1), into: properties)
        properties = Bits.compression.write(UInt64(compression.rawValue), into: properties)
        properties = Bits.checksum.write(UInt64(checksumAlgorithm.rawValue), into: properties)
        properties = Bits.type.write(UInt64(type.rawValue), into: properties)
        properties = Bits.level.write(UInt64(level), into: properties)
        words[6] = Bits.order.write(order == .little ? 1 : 0, into: properties)
        words[10] = birth.rawValue
        words[11] = fill
        words[12] = checksum.word0
        words[13] = checksum.word1
        words[14] = checksum.word2
        words[15] = checksum.word3
    }

    /// What stands in the place of a block that was freed: nothing, or where the pool keeps the births of holes, its size
    /// and when that was.
    package static func hole(
        type: ObjectType, level: UInt8, logicalSize: Int, birth: TransactionGroup?
    ) -> BlockPointer {
        var pointer = BlockPointer.hole
        guard let birth else { return pointer }
        let sized = Bits.logicalSize.write(UInt64(max(512, logicalSize) >> 9 - 1), into: 0)
        let typed = Bits.type.write(UInt64(type.rawValue), into: sized)
        pointer.words[6] = Bits.level.write(UInt64(level), into: typed)
        pointer.words[10] = birth.rawValue
        return pointer
    }
}
