import Bytes
import Codecs
import Devices

/// How an image is laid out: a line that says what it is, the header as JSON with its length and hash, then pieces of the
/// devices, each with a head of its own, and a head without a piece as the end.
///
/// Numbers are little-endian. The hashes are XXH3 over all that stands before them in the same part, and what follows it.
enum ImageFormat {
    static let magic = [UInt8]("zinspect image 1\n".utf8)
    /// The length of the JSON and its hash follow the first line.
    static let preambleSize = 17 + 8 + hashSize
    static let hashSize = 32
    /// More than the JSON of any pool has.
    static let longestHeader: UInt64 = 16 << 20
    /// The most bytes of a device that one piece has.
    static let pieceSize = 1 << 17

    static let headSize = 80
    static let hashOffset = 48
    static let device = Field<UInt64>("device", at: 0)
    static let offset = Field<UInt64>("offset", at: 8)
    static let count = Field<UInt64>("count", at: 16)
    static let storedCount = Field<UInt64>("stored", at: 24)
    /// 0: as it is; 1: packed with Zstandard as ZFS packs a block.
    static let packing = Field<UInt64>("packing", at: 32)
    /// The device of the end, whose offset is the number of pieces and whose count is that of their bytes.
    static let endMark = UInt64.max

    static func hash(_ parts: [UInt8]...) throws(DeviceError) -> [UInt8] {
        guard var hash = XXH3() else {
            throw DeviceError(device: "the image", .unsuitable("can't be hashed without memory"))
        }
        for part in parts { hash.update(part.rawBytes) }
        return [UInt8](hash.digest().utf8)
    }

    /// A head without its hash.
    static func head(
        device: UInt64, offset: UInt64, count: UInt64, stored: Int, isPacked: Bool
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        for word in [device, offset, count, UInt64(stored), isPacked ? 1 : 0, 0] {
            append(word, to: &bytes)
        }
        return bytes
    }

    static func append(
        _ word: UInt64, to bytes: inout [UInt8]
    ) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
    }
}
