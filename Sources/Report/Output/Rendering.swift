import Bytes

/// Sections in the form that was asked for, as the lines that will be written.
///
/// It is made apart from the `Output` that writes it, so that workers can render side by side what is
/// then printed in order.
package struct Rendering: Sendable {
    /// Whole lines in UTF-8.
    private(set) var bytes: [UInt8] = []

    package init(_ sections: [Section], _ options: OutputOptions) {
        for (index, section) in sections.enumerated() {
            if options.isJSON {
                for record in section.records { append(record, of: section) }
            } else {
                if index > 0 { append("") }
                for line in section.lines(options.paint) { append(line) }
            }
        }
    }

    private mutating func append(_ record: Record, of section: Section) {
        var line = Record(["type": .text(section.type)])
        for entry in record.entries {
            // `type` says what the line is; a structure's own type keeps its meaning beside it.
            let isTaken = entry.name == "type"
            line.add(isTaken ? "\(section.type)_type" : entry.name, entry.value)
        }
        JSONRenderer.append(line, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ line: String) {
        bytes.append(contentsOf: line.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }
}
