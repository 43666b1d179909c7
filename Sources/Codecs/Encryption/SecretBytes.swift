import Bytes
import CCrypto

/// Key material: bytes that are wiped when nobody refers to them any more, and never printed.
///
/// They are not in an array, since arrays are copied behind the scenes and their memory is not wiped.
@safe package final class SecretBytes: Sendable {
    /// Sound to share: it is written only before the initialiser returns and by `deinit`.
    private nonisolated(unsafe) let buffer: UnsafeMutableRawBufferPointer

    package var count: Int { unsafe buffer.count }

    /// Zeros that `fill` then writes.
    package init<Failure: Error>(
        count: Int, fill: (inout MutableRawSpan) throws(Failure) -> Void
    ) throws(Failure) {
        unsafe buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Swift.max(0, count), alignment: 16)
        unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
        // Sound: the span lives only inside this call, and the buffer longer.
        var span = unsafe MutableRawSpan(_unsafeBytes: buffer)
        try fill(&span)
    }

    /// A copy of `bytes`, which the caller wipes where they are secret.
    package convenience init(copying bytes: RawSpan) {
        self.init(count: bytes.byteCount) { span in
            for offset in 0..<bytes.byteCount {
                let byte = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
                span.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
            }
        }
    }

    /// Lets `body` read the bytes in place.
    package func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // Sound: the buffer lives as long as this object, which the call holds.
        try body(unsafe RawSpan(_unsafeBytes: UnsafeRawBufferPointer(buffer)))
    }

    /// The `count` bytes from `offset` on as a secret of their own; nil where there are fewer.
    package func part(_ offset: Int, _ count: Int) -> SecretBytes? {
        withBytes { bytes in
            do {
                return SecretBytes(copying: try bytes.slice(at: offset, count: count))
            } catch {
                return nil
            }
        }
    }

    /// Overwrites an array that held a secret.
    package static func wipe(_ bytes: inout [UInt8]) {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe OPENSSL_cleanse(buffer.baseAddress, buffer.count)
        }
        bytes.removeAll()
    }

    deinit {
        unsafe OPENSSL_cleanse(buffer.baseAddress, buffer.count)
        unsafe buffer.deallocate()
    }
}

extension SecretBytes: CustomStringConvertible {
    package var description: String { "\(count) secret bytes" }
}
