/// The cyclic redundancy check of GPT headers: CRC-32 of IEEE 802.3, reflected, as zlib computes it.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { word, _ in
            word & 1 == 1 ? 0xedb8_8320 ^ (word >> 1) : word >> 1
        }
    }

    static func compute(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }
}
