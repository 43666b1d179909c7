import Bytes

/// A structure under construction: numbers and bytes put where a C structure has them.
struct StructureBytes {
    private(set) var bytes: [UInt8]
    let order: ByteOrder

    init(count: Int, _ order: ByteOrder = .little) {
        bytes = [UInt8](repeating: 0, count: count)
        self.order = order
    }

    mutating func put<Value: FixedWidthInteger>(_ value: Value, at offset: Int) {
        let size = MemoryLayout<Value>.size
        for index in 0..<size {
            let shift = order == .little ? index * 8 : (size - 1 - index) * 8
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> Value(shift))
        }
    }

    /// Words one after another from `offset` on.
    mutating func put(words: [UInt64], at offset: Int) {
        for (index, word) in words.enumerated() { put(word, at: offset + index * 8) }
    }

    mutating func put(_ data: [UInt8], at offset: Int) {
        bytes.replaceSubrange(offset..<offset + data.count, with: data)
    }

    mutating func append(_ data: [UInt8]) { bytes += data }

    mutating func append(words: [UInt64]) {
        let start = bytes.count
        bytes += [UInt8](repeating: 0, count: words.count * 8)
        put(words: words, at: start)
    }
}
