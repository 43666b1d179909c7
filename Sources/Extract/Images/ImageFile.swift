import Bytes
import Codecs
package import Devices
import Foundation

/// An image that is being written.
package final class ImageFile: ImageSink {
    private let file: OutputFile
    private var end: UInt64 = 0
    private var pieceCount: UInt64 = 0
    private var byteCount: UInt64 = 0

    /// Begins a new file; throws where there is one.
    package init(_ header: ImageHeader, path: String) throws(DeviceError) {
        file = try OutputFile.create(path)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(header) else {
            throw DeviceError(device: path, .unsuitable("can't hold the names of the devices"))
        }
        var length: [UInt8] = []
        ImageFormat.append(UInt64(json.count), to: &length)
        let bytes = [UInt8](json)
        try append(ImageFormat.magic + length + ImageFormat.hash(length, bytes) + bytes)
    }

    package func write(
        _ bytes: [UInt8], device: Int, at offset: UInt64
    ) throws(DeviceError) {
        let packed = try? CompressionAlgorithm.zstd.compress(
            bytes.rawBytes, limit: bytes.count - bytes.count / 8)
        let stored = packed ?? bytes
        let head = ImageFormat.head(
            device: UInt64(device), offset: offset, count: UInt64(bytes.count),
            stored: stored.count, isPacked: packed != nil)
        try append(head + ImageFormat.hash(head, stored) + stored)
        pieceCount += 1
        byteCount += UInt64(bytes.count)
    }

    package func finish() throws(DeviceError) {
        let head = ImageFormat.head(
            device: ImageFormat.endMark, offset: pieceCount, count: byteCount, stored: 0,
            isPacked: false)
        try append(head + ImageFormat.hash(head))
        try file.flush()
    }

    private func append(_ bytes: [UInt8]) throws(DeviceError) {
        try file.write(bytes.rawBytes, at: end)
        end += UInt64(bytes.count)
    }
}
