/// The 256-bit result of a checksum, as four words in the order in which a block pointer holds them.
///
/// Mirrors `zio_cksum_t` (`include/sys/spa_checksum.h`).
package struct Checksum: Sendable, Hashable {
    package var word0: UInt64
    package var word1: UInt64
    package var word2: UInt64
    package var word3: UInt64

    package init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
        self.word0 = word0
        self.word1 = word1
        self.word2 = word2
        self.word3 = word3
    }

    package static let zero = Checksum(0, 0, 0, 0)
}

extension Checksum: CustomStringConvertible {
    /// Four hexadecimal words joined by colons, as zdb prints them.
    package var description: String {
        var digits: [UInt8] = []
        digits.reserveCapacity(67)
        for word in [word0, word1, word2, word3] {
            if !digits.isEmpty { digits.append(UInt8(ascii: ":")) }
            for shift in stride(from: 60, through: 0, by: -4) {
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 0xf
                digits.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
