import Synchronization

/// Decompressors for callers on many threads, each lent for one block.
///
/// It holds as many as were ever in use at once. A reader that any thread may call owns one; a worker that
/// reads by itself owns a `Decompressor`.
package final class DecompressorPool: Sendable {
    /// Sound to send: a decompressor is in the list or lent to one caller, never both.
    private struct Idle: @unchecked Sendable {
        let decompressor: Decompressor
    }

    private let idle = Mutex<[Idle]>([])

    package init() {}

    /// The `expectedCount` bytes that `source` expands to; throws as `Decompressor.decompress` does.
    package func decompress(
        _ algorithm: CompressionAlgorithm, _ source: RawSpan, expectedCount: Int
    ) throws(CodecError) -> [UInt8] {
        let lent = idle.withLock { $0.popLast() } ?? Idle(decompressor: Decompressor())
        defer { idle.withLock { $0.append(lent) } }
        return try lent.decompressor.decompress(
            algorithm, source, expectedCount: expectedCount)
    }
}
