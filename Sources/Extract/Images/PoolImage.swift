import Bytes
import Codecs
package import Devices
import Foundation

/// An image of a pool's devices that is being read.
///
/// Nothing in it is trusted: each part has a hash, lengths are bounded before anything is read, and what lies outside of a
/// device is refused.
package struct PoolImage: Sendable {
    package let header: ImageHeader
    private let file: any BlockDevice
    /// Where the first piece begins.
    private let start: UInt64

    /// Opens an image; throws where the file is none or its header is damaged.
    package init(_ file: any BlockDevice) throws(DeviceError) {
        let preamble = UInt64(ImageFormat.preambleSize)
        guard file.byteCount >= preamble else { throw Self.foreign(file) }
        let bytes = try file.read(at: 0, count: ImageFormat.preambleSize)
        guard bytes.starts(with: ImageFormat.magic) else { throw Self.foreign(file) }
        let length = [UInt8](bytes[ImageFormat.magic.count..<ImageFormat.magic.count + 8])
        let count = Self.word(length, 0)
        guard count <= ImageFormat.longestHeader, count <= file.byteCount - preamble else {
            throw Self.damaged(file, "its header reaches past its end")
        }
        let json = try file.read(at: preamble, count: Int(count))
        let hash = [UInt8](bytes[(ImageFormat.magic.count + 8)...])
        guard try ImageFormat.hash(length, json) == hash else {
            throw Self.damaged(file, "the hash of its header is wrong")
        }
        guard let header = try? JSONDecoder().decode(ImageHeader.self, from: Data(json)),
            header.schema == ImageHeader.currentSchema
        else { throw Self.damaged(file, "its header is of another version, or none") }
        self.header = header
        self.file = file
        start = preamble + count
    }

    /// What a whole image holds.
    package struct Totals: Sendable, Hashable {
        package let pieceCount: UInt64
        /// Of the devices, in bytes.
        package let byteCount: UInt64
        /// Of the image itself.
        package let fileSize: UInt64
    }

    /// Gives all pieces in order; throws where one is damaged, or the end is missing.
    @discardableResult
    package func eachPiece(
        _ meter: ProgressMeter, _ body: ([UInt8], Int, UInt64) throws(DeviceError) -> Void
    ) throws(DeviceError) -> Totals {
        var place = start
        var pieceCount: UInt64 = 0
        var byteCount: UInt64 = 0
        meter.begin("reading the image", total: file.byteCount, isBytes: true)
        meter.add(start)
        while true {
            guard file.byteCount - place >= UInt64(ImageFormat.headSize) else {
                throw Self.damaged(file, "it ends at byte \(file.byteCount), before its end mark")
            }
            let head = try file.read(at: place, count: ImageFormat.headSize)
            place += UInt64(ImageFormat.headSize)
            let stored = try self.stored(head, at: place)
            if Self.word(head, 0) == ImageFormat.endMark {
                guard Self.word(head, 1) == pieceCount, Self.word(head, 2) == byteCount,
                    place == file.byteCount
                else { throw Self.damaged(file, "it does not hold what its end mark says") }
                return Totals(
                    pieceCount: pieceCount, byteCount: byteCount, fileSize: file.byteCount)
            }
            let piece = try self.piece(head, stored)
            try body(piece.bytes, piece.device, piece.offset)
            place += UInt64(stored.count)
            pieceCount += 1
            byteCount += UInt64(piece.bytes.count)
            meter.add(UInt64(head.count + stored.count))
        }
    }

    /// What follows a head, proved by its hash.
    private func stored(_ head: [UInt8], at place: UInt64) throws(DeviceError) -> [UInt8] {
        let count = Self.word(head, 3)
        guard count <= UInt64(ImageFormat.pieceSize), count <= file.byteCount - place else {
            throw Self.damaged(file, "a piece reaches past its end")
        }
        let stored = try file.read(at: place, count: Int(count))
        let fields = [UInt8](head[..<ImageFormat.hashOffset])
        let hash = [UInt8](head[ImageFormat.hashOffset...])
        guard try ImageFormat.hash(fields, stored) == hash else {
            throw Self.damaged(file, "the hash of the piece before byte \(place) is wrong")
        }
        return stored
    }

    private func piece(
        _ head: [UInt8], _ stored: [UInt8]
    ) throws(DeviceError) -> (bytes: [UInt8], device: Int, offset: UInt64) {
        let (offset, count) = (Self.word(head, 1), Self.word(head, 2))
        guard let device = Int(exactly: Self.word(head, 0)),
            header.devices.indices.contains(device),
            count <= UInt64(ImageFormat.pieceSize), count <= header.devices[device].size,
            offset <= header.devices[device].size - count
        else { throw Self.damaged(file, "a piece lies outside of its device") }
        if Self.word(head, 4) == 0, stored.count == Int(count) { return (stored, device, offset) }
        guard Self.word(head, 4) == 1,
            let bytes = try? CompressionAlgorithm.zstd.decompress(
                stored.rawBytes, expectedCount: Int(count))
        else { throw Self.damaged(file, "a piece can't be unpacked") }
        return (bytes, device, offset)
    }

    /// The word of that number in a head, which is long enough.
    private static func word(_ head: [UInt8], _ index: Int) -> UInt64 {
        (0..<8).reversed().reduce(0) { $0 << 8 | UInt64(head[index * 8 + $1]) }
    }

    private static func foreign(_ file: any BlockDevice) -> DeviceError {
        DeviceError(device: file.name, .unsuitable("is no image of zinspect"))
    }

    private static func damaged(_ file: any BlockDevice, _ what: String) -> DeviceError {
        DeviceError(device: file.name, .unsuitable("is damaged: \(what)"))
    }
}
