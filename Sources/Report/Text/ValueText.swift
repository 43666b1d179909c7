import Bytes

extension Record.Value {
    /// The value on one line, with its unit.
    package var text: String {
        switch self {
        case .text(let text): text.printable
        case .flag(let isSet): isSet ? "yes" : "no"
        case .number(let number): String(number)
        case .signed(let number): String(number)
        case .bytes(let size): Units.size(size)
        case .offset(let offset): Units.hexadecimal(offset)
        case .guid(let guid): guid.description
        case .txg(let txg): txg.description
        case .time(let seconds): Units.time(seconds)
        case .instant(let seconds, let nanoseconds): Units.time(seconds, nanoseconds)
        case .word(let word): Units.hexadecimal(word)
        case .ratio(let ratio): Units.decimal(ratio, digits: 2)
        case .data(let bytes): Units.hexadecimal(bytes)
        case .list(let values): values.map(\.text).joined(separator: ", ")
        case .record(let record):
            record.entries.map { "\($0.name)=\($0.value.text)" }.joined(separator: " ")
        case .none: "-"
        }
    }

    /// Whether the value can stand behind its name on one line.
    var isInline: Bool {
        switch self {
        case .record: false
        case .list(let values): values.allSatisfy(\.isScalar)
        default: true
        }
    }

    /// Numbers are set flush right in tables.
    var isNumeric: Bool {
        switch self {
        case .number, .signed, .bytes, .offset, .guid, .txg, .word, .ratio: true
        default: false
        }
    }

    private var isScalar: Bool {
        switch self {
        case .record, .list: false
        default: true
        }
    }
}
