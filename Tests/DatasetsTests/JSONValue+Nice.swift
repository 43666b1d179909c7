import TestSupport

extension JSONValue {
    /// Whether this is the number, or a text such as `12.3M` to which zdb would round it.
    func matches(_ value: UInt64) -> Bool {
        if let number = unsigned { return number == value }
        guard let text = string, let unit = text.last else { return false }
        guard let power = "BKMGTPE".firstIndex(of: unit),
            let number = Double(text.dropLast())
        else { return false }
        var scaled = Double(value)
        for _ in 0..<"BKMGTPE".distance(from: "BKMGTPE".startIndex, to: power) { scaled /= 1024 }
        let digits = text.contains(".") ? text.dropLast().split(separator: ".")[1].count : 0
        var precision = 1.0
        for _ in 0..<digits { precision /= 10 }
        return abs(scaled - number) <= precision
    }
}

extension Double {
    /// With two digits after the point, cut off and not rounded, as ZFS prints its ratios.
    func formatted() -> String {
        let hundredths = Int(self * 100 + 1e-9)
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
