import ArgumentParser

/// A size as users type it: bytes, or a number with K, M, G or T.
struct ByteCount: ExpressibleByArgument, CustomStringConvertible {
    let value: Int

    init(_ value: Int) { self.value = value }

    init?(argument: String) {
        let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
        let shift = argument.last.flatMap { units[Character($0.uppercased())] }
        guard let number = Int(shift == nil ? argument : String(argument.dropLast())), number >= 0,
            number <= .max >> (shift ?? 0)
        else { return nil }
        value = number << (shift ?? 0)
    }

    var description: String {
        for (unit, shift) in [("T", 40), ("G", 30), ("M", 20), ("K", 10)]
        where value > 0 && value.isMultiple(of: 1 << shift) {
            return "\(value >> shift)\(unit)"
        }
        return "\(value)"
    }

    var defaultValueDescription: String { description }
}
