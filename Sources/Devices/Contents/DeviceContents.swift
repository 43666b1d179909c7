import Bytes

/// What a device without ZFS labels holds instead, as far as its first and last bytes tell.
package enum DeviceContents: Sendable, Hashable {
    case foreign(ForeignFormat)
    /// Nothing but zeros at its start and at its end.
    case zeros
    case text
    /// Bytes that look random: encrypted, compressed, or overwritten.
    case random
    case unknown

    /// Looks at `device`; throws where it cannot be read.
    package init(of device: any BlockDevice) throws(DeviceError) {
        let reach = min(device.byteCount, UInt64(ForeignFormat.reach))
        let head = try device.read(at: 0, count: Int(reach))
        if let format = ForeignFormat.recognise(head) {
            self = .foreign(format)
        } else if head.rawBytes.isAllZero {
            let tail = try device.read(at: device.byteCount - reach, count: Int(reach))
            self = tail.rawBytes.isAllZero ? .zeros : .unknown
        } else if Self.isText(head) {
            self = .text
        } else {
            self = Self.isRandom(head) ? .random : .unknown
        }
    }

    /// What it holds, to follow "it holds".
    package var description: String {
        switch self {
        case .foreign(let format): format.name
        case .zeros: "nothing but zeros at its start and end"
        case .text: "text"
        case .random: "random or encrypted bytes"
        case .unknown: "data of no known format"
        }
    }

    /// What to do about it, where there is something to do.
    package var advice: String? {
        if case .foreign(let format) = self { format.advice } else { nil }
    }

    /// Valid UTF-8 without control characters but those that texts have.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        // The end may cut a character in two, so the last few bytes are left out where there are more.
        let whole = bytes.count < ForeignFormat.reach ? bytes[...] : bytes.dropLast(4)
        guard whole.allSatisfy({ $0 >= 0x20 || (0x08...0x0d).contains($0) || $0 == 0x1b }) else {
            return false
        }
        return bytes.count < ForeignFormat.reach
            ? String(validating: whole, as: UTF8.self) != nil : true
    }

    /// Each value of a byte comes about as often as every other.
    ///
    /// The sum of squared differences from the mean count, over the mean (Pearson's chi-squared), is near 255
    /// for random bytes and far from it for all else.
    private static func isRandom(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 16 << 10 else { return false }
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let mean = Double(bytes.count) / 256
        let sum = counts.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) / mean }
        return sum < 400
    }
}
