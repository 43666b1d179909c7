import Blocks
import Bytes
import Objects
import Vdevs

/// Blocks cut from libFuzzer's input: block n is the n-th piece of it, filled up with zeros.
struct InputBlocks: BlockSource {
    let bytes: [UInt8]
    let blockSize: Int

    func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        let start = Int(truncatingIfNeeded: pointer.dva(0).offset >> 24) * blockSize
        var block = [UInt8](repeating: 0, count: blockSize)
        if start < bytes.count {
            let piece = bytes[start..<min(bytes.count, start + blockSize)]
            block.replaceSubrange(0..<piece.count, with: piece)
        }
        return ReadOutcome(bytes: block)
    }
}

/// An object of three blocks whose contents are libFuzzer's input.
///
/// The first byte of the input chooses byte order and block size, `bonusSize` further bytes are the bonus.
func inputObject(_ input: inout FuzzInput, type: ObjectType, bonusSize: Int = 0) -> DMUObject? {
    let choice = input.byte()
    let order: ByteOrder = choice & 1 == 0 ? .little : .big
    let sizes = [512, 1024, 4096, 16384]
    let blockSize = sizes[Int(choice >> 1 & 3)]
    var bytes = [UInt8](repeating: 0, count: 512)
    bytes[0] = type.rawValue
    bytes[1] = 17
    bytes[2] = 1
    bytes[3] = 3
    bytes[4] = ObjectType.spaceMapHeader.rawValue
    bytes[7] = 1
    for index in 0..<min(64, bonusSize) { bytes[448 + index] = input.byte() }
    let numbers: [(UInt64, Int)] = [(2, 16), (4096, 24)]
    do {
        try Field<UInt16>("dn_datablkszsec", at: 8).write(
            UInt16(blockSize / 512), into: &bytes, order)
        try Field<UInt16>("dn_bonuslen", at: 10).write(
            UInt16(min(64, bonusSize)), into: &bytes, order)
        for (number, place) in numbers {
            try Field<UInt64>("dn", at: place).write(number, into: &bytes, order)
        }
        for index in 0..<3 {
            let sectors = UInt64(blockSize / 512 - 1)
            var words = [16 of UInt64](repeating: 0)
            let address = DVA(
                vdev: 0, offset: UInt64(index) << 24, allocatedSize: UInt64(blockSize))
            words[0] = address.word0 | 1
            words[1] = address.word1
            words[6] =
                sectors | sectors << 16 | 2 << 32 | 7 << 40 | UInt64(type.rawValue) << 48
                | (order == .little ? 1 << 63 : 0)
            words[10] = 10
            words[11] = 1
            for word in words.indices {
                try Field<UInt64>("blk", at: 64 + index * 128 + word * 8).write(
                    words[word], into: &bytes, order)
            }
        }
        let dnode = try Dnode(bytes.rawBytes, order)
        let source = InputBlocks(bytes: input.remaining, blockSize: blockSize)
        return DMUObject(number: 1, dnode: dnode, source: source)
    } catch {
        preconditionFailure("the harness makes a dnode that does not decode: \(error)")
    }
}
