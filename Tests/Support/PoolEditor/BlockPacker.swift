import Bytes
import Codecs
package import Vdevs

/// Brings the new contents of a block into the space that the old ones took.
package enum BlockPacker {
    /// A block that can't be packed as it has to be.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The bytes to store, filled up to the block's physical size, and the pointer that they need, without a checksum.
    ///
    /// Packed as the block was; where that takes too much, with gzip -9, which every pool of version 5 reads.
    package static func pack(
        _ bytes: [UInt8], for pointer: BlockPointer
    ) throws -> (stored: [UInt8], pointer: BlockPointer) {
        guard bytes.count == pointer.logicalSize else {
            throw Failure(
                description: "\(bytes.count) bytes for a block of \(pointer.logicalSize)")
        }
        guard pointer.compression != .off else { return (bytes, pointer) }
        let limit = pointer.isEmbedded ? BlockPointer.embeddedCapacity : pointer.physicalSize
        for algorithm in [pointer.compression, .gzip9] {
            guard var stored = try algorithm.compress(bytes.rawBytes, limit: limit) else {
                continue
            }
            var packed = pointer
            packed.words[6] = compression.write(UInt64(algorithm.rawValue), into: packed.words[6])
            if pointer.isEmbedded {
                embed(stored, in: &packed)
            } else {
                stored += [UInt8](repeating: 0, count: limit - stored.count)
            }
            return (stored, packed)
        }
        throw Failure(description: "the new contents don't pack into \(limit) bytes")
    }

    private static let compression = BitField(low: 32, count: 7)
    private static let embeddedSize = BitField(low: 25, count: 7)

    /// The payload fills all words but the properties and the birth, low byte first.
    private static func embed(_ payload: [UInt8], in pointer: inout BlockPointer) {
        pointer.words[6] = embeddedSize.write(UInt64(payload.count - 1), into: pointer.words[6])
        let room = payload + [UInt8](repeating: 0, count: 112 - payload.count)
        var place = 0
        for index in pointer.words.indices where index != 6 && index != 10 {
            pointer.words[index] = (0..<8).reduce(0) {
                $0 | UInt64(room[place + $1]) << UInt64($1 * 8)
            }
            place += 8
        }
    }
}
