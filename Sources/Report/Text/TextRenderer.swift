package import Bytes

/// Records as aligned lines of name and value, nested ones indented below their name.
package struct TextRenderer: Sendable {
    package let paint: Paint
    /// How far nested values move in, in columns.
    private static let step = 4
    /// Names longer than this don't push all values of a record to the right.
    private static let widestName = 32

    package init(paint: Paint) { self.paint = paint }

    /// The lines of a record, each without a line end.
    package func lines(_ record: Record, indent: Int = 0) -> [String] {
        var width = 0
        for entry in record.entries where entry.value.isInline {
            let count = entry.name.count
            if count <= Self.widestName { width = max(width, count) }
        }
        var lines: [String] = []
        for entry in record.entries { append(entry, width, indent, to: &lines) }
        return lines
    }

    /// A name as people read it; what is a feature or a property of somebody keeps its spelling.
    private static func label(_ name: String) -> String {
        guard !name.utf8.contains(UInt8(ascii: ":")) else { return name.printable }
        return String(name.map { $0 == "_" ? " " : $0 }).printable
    }

    private func append(
        _ entry: Record.Entry, _ width: Int, _ indent: Int, to lines: inout [String]
    ) {
        let margin = String(repeating: " ", count: indent)
        let label = Self.label(entry.name)
        if entry.value.isInline {
            let gap = String(repeating: " ", count: max(0, width - entry.name.count) + 2)
            lines.append(margin + paint(label, .name) + gap + entry.value.text)
            return
        }
        switch entry.value {
        case .record(let record):
            lines.append(margin + paint(label, .name))
            lines += self.lines(record, indent: indent + Self.step)
        case .list(let values):
            for (index, value) in values.enumerated() {
                lines.append(margin + paint("\(label)[\(index)]", .name))
                append(value, indent + Self.step, to: &lines)
            }
        default:
            break
        }
    }

    private func append(_ value: Record.Value, _ indent: Int, to lines: inout [String]) {
        switch value {
        case .record(let record): lines += self.lines(record, indent: indent)
        case .list(let values): for value in values { append(value, indent, to: &lines) }
        default: lines.append(String(repeating: " ", count: indent) + value.text)
        }
    }
}
