package import Bytes

/// Records as JSON on one line, keys in the order in which the record has them.
///
/// Foundation's encoder sorts or shuffles keys and can't keep a name that occurs twice, both of which
/// the output contract needs, so the few rules of JSON stand here. It writes UTF-8 straight into the
/// bytes that go out, since a label set renders to 100 KB and a string grows by its own rules.
package enum JSONRenderer {
    /// Appends the record's line to `output`, without a line end.
    package static func append(_ record: Record, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        for (index, entry) in record.entries.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            append(entry.name, to: &output)
            output.append(UInt8(ascii: ":"))
            append(entry.value, to: &output)
        }
        output.append(UInt8(ascii: "}"))
    }

    private static func append(_ value: Record.Value, to output: inout [UInt8]) {
        switch value {
        case .text(let string): append(string, to: &output)
        case .flag(let isSet): output.append(contentsOf: (isSet ? "true" : "false").utf8)
        case .number(let number), .bytes(let number), .offset(let number), .time(let number):
            append(number, to: &output)
        case .txg(let txg): append(txg.rawValue, to: &output)
        case .signed(let number): output.append(contentsOf: String(number).utf8)
        case .guid(let guid): append(word: guid.rawValue, to: &output)
        case .instant(let seconds, let nanoseconds):
            append(Units.decimalSeconds(seconds, nanoseconds), to: &output)
        case .word(let word): append(word: word, to: &output)
        case .ratio(let ratio):
            output.append(contentsOf: (ratio.isFinite ? "\(ratio)" : "null").utf8)
        case .data(let bytes): append(Units.hexadecimal(bytes), to: &output)
        case .list(let values):
            output.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                append(value, to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .record(let record): append(record, to: &output)
        case .none: output.append(contentsOf: "null".utf8)
        }
    }

    /// A number stays a number, whatever damage made of it: JSON itself has no limit at 2^53.
    private static func append(_ number: UInt64, to output: inout [UInt8]) {
        let start = output.count
        var rest = number
        repeat {
            output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        output[start...].reverse()
    }

    /// A word that can pass 2^53 is a string of its decimal digits.
    private static func append(word: UInt64, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        append(word, to: &output)
        output.append(UInt8(ascii: "\""))
    }

    private static func append(_ string: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        let start = output.count
        output.append(contentsOf: string.utf8)
        // Almost no string has anything to escape, so it is appended whole before it is looked through.
        if output[start...].contains(where: isEscaped) {
            output.removeSubrange(start...)
            for byte in string.utf8 {
                if isEscaped(byte) { escape(byte, to: &output) } else { output.append(byte) }
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7f || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escape(_ byte: UInt8, to output: inout [UInt8]) {
        let text =
            switch byte {
            case UInt8(ascii: "\""): "\\\""
            case UInt8(ascii: "\\"): "\\\\"
            case UInt8(ascii: "\n"): "\\n"
            case UInt8(ascii: "\r"): "\\r"
            case UInt8(ascii: "\t"): "\\t"
            default: "\\u00" + Units.hexadecimal([byte])
            }
        output.append(contentsOf: text.utf8)
    }
}
