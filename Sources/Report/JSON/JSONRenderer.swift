package import Bytes

/// Records as JSON on one line, keys in the order in which the record has them.
///
/// Foundation's encoder sorts or shuffles keys and can't keep a name that occurs twice, both of which
/// the output contract needs, so the few rules of JSON stand here.
package enum JSONRenderer {
    package static func line(_ record: Record) -> String {
        var text = ""
        append(record, to: &text)
        return text
    }

    private static func append(_ record: Record, to text: inout String) {
        text.append("{")
        for (index, entry) in record.entries.enumerated() {
            if index > 0 { text.append(",") }
            append(entry.name, to: &text)
            text.append(":")
            append(entry.value, to: &text)
        }
        text.append("}")
    }

    private static func append(_ value: Record.Value, to text: inout String) {
        switch value {
        case .text(let string): append(string, to: &text)
        case .flag(let isSet): text.append(isSet ? "true" : "false")
        case .number(let number), .bytes(let number), .offset(let number), .time(let number):
            append(number, to: &text)
        case .txg(let txg): append(txg.rawValue, to: &text)
        case .signed(let number): text.append(String(number))
        case .guid(let guid): append(guid.description, to: &text)
        case .instant(let seconds, let nanoseconds):
            append(Units.decimalSeconds(seconds, nanoseconds), to: &text)
        case .word(let word): append(String(word), to: &text)
        case .ratio(let ratio): text.append(ratio.isFinite ? "\(ratio)" : "null")
        case .data(let bytes): append(Units.hexadecimal(bytes), to: &text)
        case .list(let values):
            text.append("[")
            for (index, value) in values.enumerated() {
                if index > 0 { text.append(",") }
                append(value, to: &text)
            }
            text.append("]")
        case .record(let record): append(record, to: &text)
        case .none: text.append("null")
        }
    }

    /// A number stays a number, whatever damage made of it: JSON itself has no limit at 2^53.
    private static func append(_ number: UInt64, to text: inout String) {
        text.append(String(number))
    }

    private static func append(_ string: String, to text: inout String) {
        text.append("\"")
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7f {
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text.append("\"")
    }
}
