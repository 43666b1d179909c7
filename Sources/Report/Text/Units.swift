import FoundationEssentials

/// Numbers as people read them, in the manner of zfs(8) and zpool(8).
package enum Units {
    /// A size with a binary unit and about three digits: `512B`, `8.90M`, `128K`.
    ///
    /// The same form as `zfs_nicenum` (`lib/libzutil/zutil_nicenum.c`) gives, so that figures can be
    /// compared by eye with zpool list and zdb.
    package static func size(_ bytes: UInt64) -> String {
        guard bytes >= 1024 else { return "\(bytes)B" }
        let units = ["", "K", "M", "G", "T", "P", "E"]
        var index = 0
        while index < 6, bytes >> UInt64(10 * (index + 1)) != 0 { index += 1 }
        let unit = UInt64(1) << UInt64(10 * index)
        if bytes.isMultiple(of: unit) { return "\(bytes / unit)\(units[index])" }
        let value = Double(bytes) / Double(unit)
        let digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
        return decimal(value, digits: digits) + units[index]
    }

    /// A count with thin groups of three digits: `58,567`.
    package static func count(_ number: UInt64) -> String {
        let digits = String(number)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A number with a fixed count of decimals, rounded to nearest.
    package static func decimal(_ value: Double, digits: Int) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int64((value.magnitude * scale).rounded())
        let whole = scaled / Int64(scale)
        let rest = String(scaled % Int64(scale))
        let sign = value < 0 && scaled != 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        return "\(sign)\(whole).\(String(repeating: "0", count: digits - rest.count))\(rest)"
    }

    /// A share of one as per cent: `16.8%`.
    package static func percent(_ share: Double) -> String {
        decimal(share * 100, digits: 1) + "%"
    }

    /// Seconds since 1970 as UTC: `2026-11-21 00:01:12`; a number outside of the years 1970 to 9999
    /// is shown as it is, since damaged structures hold any.
    package static func time(_ seconds: UInt64) -> String {
        guard seconds < 253_402_300_800 else { return "\(seconds) s" }
        let style = Date.ISO8601FormatStyle(
            dateTimeSeparator: .space, timeZone: .gmt
        ).year().month().day().time(includingFractionalSeconds: false)
        return Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style)
    }

    /// A moment as UTC to the nanosecond: `1901-12-13 20:45:52.000000001`; a moment outside of the years
    /// 1 to 9999 as decimal seconds.
    package static func time(_ seconds: Int64, _ nanoseconds: UInt64) -> String {
        guard (-62_135_596_800..<253_402_300_800).contains(seconds), nanoseconds < 1_000_000_000
        else { return "\(seconds) s + \(nanoseconds) ns" }
        let style = Date.ISO8601FormatStyle(
            dateTimeSeparator: .space, timeZone: .gmt
        ).year().month().day().time(includingFractionalSeconds: false)
        let whole = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style)
        return whole + "." + nineDigits(nanoseconds)
    }

    /// Seconds since 1970 as an exact decimal number with nine places, for JSON as text, since readers
    /// would round a number: `-0.500000000` is half a second before 1970.
    package static func decimalSeconds(_ seconds: Int64, _ nanoseconds: UInt64) -> String {
        guard nanoseconds < 1_000_000_000 else { return "\(seconds)+\(nanoseconds)e-9" }
        guard seconds < 0, nanoseconds > 0 else { return "\(seconds).\(nineDigits(nanoseconds))" }
        let whole = (seconds + 1).magnitude
        return "-\(whole).\(nineDigits(1_000_000_000 - nanoseconds))"
    }

    private static func nineDigits(_ nanoseconds: UInt64) -> String {
        let digits = String(nanoseconds)
        return String(repeating: "0", count: max(0, 9 - digits.count)) + digits
    }

    /// Hexadecimal with the usual prefix: `0x224e000`.
    package static func hexadecimal(_ value: UInt64) -> String {
        "0x" + String(value, radix: 16)
    }

    /// Bytes as pairs of hexadecimal digits.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        var text = ""
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            if byte < 16 { text.append("0") }
            text.append(String(byte, radix: 16))
        }
        return text
    }
}
