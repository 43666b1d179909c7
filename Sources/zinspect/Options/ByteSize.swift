import ArgumentParser

/// A number of bytes as a user types it: `4096`, `128K`, `256M`, `2G`, `1T`; units are powers of 1024.
struct ByteSize: ExpressibleByArgument {
    let bytes: UInt64

    init(_ bytes: UInt64) { self.bytes = bytes }

    init?(argument: String) {
        let shifts: [Character: UInt64] = ["K": 10, "M": 20, "G": 30, "T": 40]
        var digits = argument.uppercased()[...]
        if digits.hasSuffix("IB") { digits = digits.dropLast(2) }
        var shift: UInt64 = 0
        if let unit = digits.last, let known = shifts[unit] {
            shift = known
            digits = digits.dropLast()
        }
        guard let number = UInt64(digits), number <= UInt64.max >> shift else { return nil }
        bytes = number << shift
    }

    var defaultValueDescription: String {
        for (unit, shift) in [("G", UInt64(30)), ("M", 20), ("K", 10)]
        where bytes >> shift > 0 && bytes % (1 << shift) == 0 {
            return "\(bytes >> shift)\(unit)"
        }
        return "\(bytes)"
    }
}
