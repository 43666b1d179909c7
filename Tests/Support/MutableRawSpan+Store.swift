extension MutableRawSpan {
    /// Sets every byte to `value`.
    package mutating func fill(with value: UInt8) {
        let word = UInt64(value) &* 0x0101_0101_0101_0101
        let words = byteCount / 8
        for index in 0..<words { storeBytes(of: word, toByteOffset: index * 8, as: UInt64.self) }
        for offset in words * 8..<byteCount {
            storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
        }
    }

    /// Copies `bytes` to `offset`.
    package mutating func store(_ bytes: ArraySlice<UInt8>, at offset: Int) {
        var offset = offset
        for byte in bytes {
            storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
            offset += 1
        }
    }
}
