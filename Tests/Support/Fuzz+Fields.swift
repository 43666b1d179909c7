package import Bytes

extension Fuzz {
    /// Hands `bytes` to `body` once for each field, with that field spoiled and all others whole.
    ///
    /// `start` is where the structure of the fields begins in `bytes`.
    package func forEachSpoiled(
        _ fields: [AnyField], of bytes: [UInt8], at start: Int = 0, _ order: ByteOrder = .little,
        _ body: ([UInt8]) throws -> Void
    ) rethrows {
        for field in fields {
            let range = start + field.range.lowerBound..<start + field.range.upperBound
            var spoiled = bytes
            spoiled.replaceSubrange(range, with: apply(to: Array(bytes[range]), order))
            try body(spoiled)
        }
    }

    /// The words of `count` bytes as fields, for structures that are nothing but words.
    package static func words(_ count: Int, width: Int = 8) -> [AnyField] {
        stride(from: 0, to: count - count % width, by: width).map {
            AnyField("word \($0 / width)", $0..<$0 + width)
        }
    }
}
