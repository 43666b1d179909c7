package import Bytes
import Codecs
package import Vdevs

extension RawBlock {
    /// The most bytes that a block can expand to.
    private static var maximumLogicalSize: Int { 16 << 20 }

    /// Every way to read the bytes that holds together, likeliest first.
    ///
    /// Only compressions that tell garbage from their own output are tried; LZJB and ZLE expand anything.
    package var readings: [Reading] {
        if bytes.rawBytes.isAllZero { return [.zeros] }
        var readings: [Reading] = []
        for size in [bytes.count, GangHeader.legacyByteCount] where size <= bytes.count {
            if let header = try? GangHeader(bytes.rawBytes.extracting(0..<size)) {
                readings.append(.gangHeader(header))
                break
            }
        }
        for algorithm in [CompressionAlgorithm.lz4, .zstd, .gzip1] {
            if let logical = expanded(by: algorithm) {
                readings.append(.compressed(algorithm, logical: logical))
            }
        }
        return readings
    }

    /// The expanded bytes. Their number is not known, but an attempt at the largest says where the data ends.
    private func expanded(by algorithm: CompressionAlgorithm) -> [UInt8]? {
        do throws(CodecError) {
            return try algorithm.decompress(
                bytes.rawBytes, expectedCount: Self.maximumLogicalSize)
        } catch {
            guard case .wrongSize(_, _, let found) = error, found >= 512, found % 512 == 0 else {
                return nil
            }
            return try? algorithm.decompress(bytes.rawBytes, expectedCount: found)
        }
    }
}

extension BlockReader {
    /// The bytes at an address as they are, for a user who has no pointer to them.
    ///
    /// On an expanded RAID-Z the birth decides how they are spread; by default it is taken for a new block.
    package func rawBlock(
        at address: BlockAddress, physicalBirth: TransactionGroup = TransactionGroup(.max)
    ) throws(VdevError) -> RawBlock {
        let count = try vdevs.storedSize(
            ofAllocated: address.allocatedSize, vdev: address.vdev,
            physicalBirth: physicalBirth)
        let dva = DVA(
            vdev: address.vdev, offset: address.offset, allocatedSize: address.allocatedSize)
        let outcome = try vdevs.read(
            dva: dva, count: count, physicalBirth: physicalBirth
        ) { _ in true }
        return RawBlock(
            address: address, bytes: outcome.bytes, incidents: outcome.incidents,
            locations: try vdevs.locations(
                of: dva, count: count, physicalBirth: physicalBirth))
    }
}
