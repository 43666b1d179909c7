import Bytes
import CLZ4

extension LZ4 {
    /// The header and the payload, or nothing where both take more than `limit` bytes.
    static func compress(_ source: RawSpan, limit: Int) -> [UInt8]? {
        guard limit > headerByteCount, let inputCount = Int32(exactly: source.byteCount),
            let capacity = Int32(exactly: limit - headerByteCount)
        else { return nil }
        var block = [UInt8](repeating: 0, count: limit)
        let count = unsafe block.withUnsafeMutableBytes { target in
            unsafe source.withUnsafeBytes { input in
                // Sound: the payload's room begins after the header and is `capacity` bytes long.
                unsafe LZ4_compress_default(
                    input.baseAddress?.assumingMemoryBound(to: CChar.self),
                    target.baseAddress?.advanced(by: headerByteCount).assumingMemoryBound(
                        to: CChar.self), inputCount, capacity)
            }
        }
        guard count > 0 else { return nil }
        for index in 0..<headerByteCount {
            block[index] = UInt8(truncatingIfNeeded: count >> Int32(24 - index * 8))
        }
        block.removeSubrange((headerByteCount + Int(count))...)
        return block
    }
}
