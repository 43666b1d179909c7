extension BlockPointer {
    /// The most bytes that a pointer can hold in place of addresses (`BPE_PAYLOAD_SIZE`).
    package static let embeddedCapacity = 112

    /// The first `count` bytes of the embedded payload, as stored.
    ///
    /// They fill every word but the properties and the birth, low byte first on any host; the words were
    /// swapped already if another host wrote them.
    package func embeddedBytes(count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for index in words.indices where index != 6 && index != 10 {
            for byte in 0..<8 where bytes.count < count {
                bytes.append(UInt8(truncatingIfNeeded: words[index] >> UInt64(byte * 8)))
            }
        }
        return bytes
    }
}
