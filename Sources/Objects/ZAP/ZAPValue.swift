import Bytes

/// The value of a ZAP entry: an array of integers of 1, 2, 4 or 8 bytes.
///
/// Nearly all values are one 64-bit word, which is kept without an allocation.
package struct ZAPValue: Sendable, Hashable {
    /// Bytes of each integer: 1, 2, 4 or 8.
    package let integerSize: Int
    /// How many integers there are.
    package let count: Int
    private let storage: Storage

    private enum Storage: Sendable, Hashable {
        case word(UInt64)
        /// As stored in a leaf: each integer with its high byte first.
        case bytes([UInt8])
    }

    /// One 64-bit word.
    package init(word: UInt64) {
        integerSize = 8
        count = 1
        storage = .word(word)
    }

    /// `bytes` holds whole integers, each with its high byte first.
    package init(integerSize: Int, bytes: [UInt8]) {
        precondition([1, 2, 4, 8].contains(integerSize) && bytes.count % integerSize == 0)
        self.integerSize = integerSize
        count = bytes.count / integerSize
        storage = .bytes(bytes)
    }

    /// Words of 64 bits.
    package init(words: [UInt64]) {
        let bytes = words.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - UInt64($0) * 8)) }
        }
        self.init(integerSize: 8, bytes: bytes)
    }

    /// The bytes as a leaf stores them, each integer with its high byte first.
    package var bytes: [UInt8] {
        switch storage {
        case .word(let word): (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) }
        case .bytes(let bytes): bytes
        }
    }

    /// The integers, widened without sign.
    package var words: [UInt64] {
        switch storage {
        case .word(let word): return [word]
        case .bytes(let bytes):
            var words: [UInt64] = []
            words.reserveCapacity(count)
            for start in stride(from: 0, to: bytes.count, by: integerSize) {
                var word: UInt64 = 0
                for byte in bytes[start..<start + integerSize] { word = word << 8 | UInt64(byte) }
                words.append(word)
            }
            return words
        }
    }

    /// The one integer that the value consists of; nil where there are none or several.
    package var uint64: UInt64? {
        if case .word(let word) = storage { return word }
        return count == 1 ? words[0] : nil
    }

    /// The text up to its NUL, where the value is an array of bytes; broken UTF-8 is replaced.
    package var string: String? {
        guard integerSize == 1 else { return nil }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
