import Bytes

extension ZstdHeader {
    /// Writes the header into the first eight bytes, in the order that all current releases write.
    func encode(into block: inout [UInt8]) {
        for index in 0..<4 {
            let shift = UInt32(24 - index * 8)
            block[index] = UInt8(truncatingIfNeeded: count >> shift)
            block[index + 4] = UInt8(
                truncatingIfNeeded: (UInt32(level) << 24 | version & 0xff_ffff) >> shift)
        }
    }
}
