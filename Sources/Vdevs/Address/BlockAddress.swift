/// A range of a top-level vdev as users name it: `VDEV:OFFSET:ASIZE`, the last two in hexadecimal as in zdb.
package struct BlockAddress: Sendable, Hashable {
    package let vdev: UInt32
    /// Bytes from the start of the vdev's allocatable space.
    package let offset: UInt64
    /// Bytes on the vdev, parity and padding included.
    package let allocatedSize: UInt64

    package init(vdev: UInt32, offset: UInt64, allocatedSize: UInt64) {
        self.vdev = vdev
        self.offset = offset
        self.allocatedSize = allocatedSize
    }

    package init(_ dva: DVA) {
        self.init(vdev: dva.vdev, offset: dva.offset, allocatedSize: dva.allocatedSize)
    }

    /// Reads the user's text, with or without angle brackets and `0x`; nothing where it is no address.
    package init?(_ text: String) {
        var text = Substring(text)
        if text.hasPrefix("<"), text.hasSuffix(">") { text = text.dropFirst().dropLast() }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ $0.first?.isHexDigit == true }),
            let vdev = UInt32(parts[0]), vdev < 1 << 24,
            let offset = Self.hexadecimal(parts[1]), let size = Self.hexadecimal(parts[2])
        else { return nil }
        self.init(vdev: vdev, offset: offset, allocatedSize: size)
    }

    /// Whether a block pointer can hold the address: offset and size count sectors of 512 bytes, and the size is not 0.
    package var isWholeSectors: Bool {
        offset.isMultiple(of: 512) && allocatedSize.isMultiple(of: 512) && allocatedSize > 0
            && allocatedSize >> 9 < 1 << 24
    }

    private static func hexadecimal(_ digits: Substring) -> UInt64? {
        let plain = digits.hasPrefix("0x") ? digits.dropFirst(2) : digits
        return plain.first?.isHexDigit == true ? UInt64(plain, radix: 16) : nil
    }
}

extension BlockAddress: CustomStringConvertible {
    package var description: String {
        "\(vdev):\(String(offset, radix: 16)):\(String(allocatedSize, radix: 16))"
    }
}
