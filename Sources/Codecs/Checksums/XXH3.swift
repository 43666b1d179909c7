import Bytes
import CXXHash

/// The 128-bit hash XXH3 over bytes that come piece by piece.
///
/// It guards what zinspect itself writes, such as the manifest of an extraction; no pool holds one.
@safe package struct XXH3: ~Copyable {
    private let state: OpaquePointer

    /// Nil where no memory can be had.
    package init?() {
        guard let state = unsafe XXH3_createState() else { return nil }
        unsafe self.state = state
        _ = unsafe XXH3_128bits_reset(state)
    }

    deinit { _ = unsafe XXH3_freeState(state) }

    package mutating func update(_ bytes: RawSpan) {
        _ = unsafe bytes.withUnsafeBytes { buffer in
            // Sound: the buffer goes with its own length.
            unsafe XXH3_128bits_update(state, buffer.baseAddress, buffer.count)
        }
    }

    /// The same as `update` with `count` zeros.
    package mutating func updateZeros(_ count: UInt64) {
        let zeros = [UInt8](repeating: 0, count: Int(min(count, 1 << 20)))
        var left = count
        while left > 0 {
            let part = Int(min(left, UInt64(zeros.count)))
            update(zeros.rawBytes.extracting(0..<part))
            left -= UInt64(part)
        }
    }

    /// The hash so far in the form that xxhsum(1) prints: 32 hexadecimal digits, high half first.
    package func digest() -> String {
        let hash = unsafe XXH3_128bits_digest(state)
        return Self.digits(hash.high64) + Self.digits(hash.low64)
    }

    private static func digits(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
