package import Bytes
package import Codecs

/// The address and checksum of a log block of a cache device.
///
/// Mirrors `l2arc_log_blkptr_t` (`include/sys/arc_impl.h`).
package struct L2ARCLogPointer: Sendable, Hashable {
    package static let byteCount = 64

    /// The log block, in bytes on the device.
    package let offset: UInt64
    /// The bytes that the cached buffers before this log block take.
    package let payloadSize: UInt64
    /// Where the first of those buffers lies, in bytes on the device.
    package let payloadStart: UInt64
    package let properties: UInt64
    package let checksum: Checksum

    private enum Bits {
        static let logicalSize = BitField(low: 0, count: 16)
        static let physicalSize = BitField(low: 16, count: 16)
        static let compression = BitField(low: 32, count: 7)
        static let checksum = BitField(low: 40, count: 8)
    }

    init(_ bytes: RawSpan, at offset: Int, _ order: ByteOrder) throws(FormatError) {
        var words: [UInt64] = []
        do {
            for index in 0..<8 { words.append(try bytes.integer(at: offset + index * 8, order)) }
        } catch {
            throw FormatError("l2arc_log_blkptr_t", .outOfBounds(error))
        }
        self.offset = words[0]
        payloadSize = words[1]
        payloadStart = words[2]
        properties = words[3]
        checksum = Checksum(words[4], words[5], words[6], words[7])
    }

    package var isEmpty: Bool { offset == 0 && properties == 0 }
    /// Bytes after decompression. Sound: 16 bits plus one, times 512.
    package var logicalSize: UInt64 { (Bits.logicalSize.read(properties) + 1) << 9 }
    /// Bytes on the device.
    package var physicalSize: UInt64 { (Bits.physicalSize.read(properties) + 1) << 9 }
    package var compression: CompressionAlgorithm {
        CompressionAlgorithm(rawValue: UInt8(truncatingIfNeeded: Bits.compression.read(properties)))
    }
    package var checksumAlgorithm: ChecksumAlgorithm {
        ChecksumAlgorithm(rawValue: UInt8(truncatingIfNeeded: Bits.checksum.read(properties)))
    }

    package var record: Record {
        Record([
            "offset": .offset(offset), "logical_size": .bytes(logicalSize),
            "physical_size": .bytes(physicalSize), "payload_start": .offset(payloadStart),
            "payload_size": .bytes(payloadSize), "compression": .text("\(compression)"),
            "checksum_algorithm": .text("\(checksumAlgorithm)"), "checksum": .text("\(checksum)"),
        ])
    }
}
