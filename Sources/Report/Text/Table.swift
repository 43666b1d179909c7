package import Bytes

/// Rows of records under column titles; numbers flush right, the rest flush left.
package struct Table: Sendable {
    package let columns: [Column]

    package init(_ columns: [Column]) { self.columns = columns }

    /// The lines of the table, titles first, each without a line end.
    ///
    /// A column that no row fills is left out, so that rare facts cost no width.
    package func lines(_ rows: [Record], paint: Paint, indent: Int = 0) -> [String] {
        var cells: [[String]] = []
        var isNumeric = [Bool](repeating: true, count: columns.count)
        var isFilled = [Bool](repeating: false, count: columns.count)
        for row in rows {
            var line: [String] = []
            for (index, column) in columns.enumerated() {
                guard let value = column.value(in: row) else {
                    line.append("-")
                    continue
                }
                if value != .none {
                    isFilled[index] = true
                    if !value.isNumeric { isNumeric[index] = false }
                }
                line.append(column.show(value))
            }
            cells.append(line)
        }
        var widths = columns.map(\.title.count)
        for line in cells {
            for (index, cell) in line.enumerated() {
                widths[index] = max(widths[index], cell.count)
            }
        }
        let shown = columns.indices.filter { isFilled[$0] || rows.isEmpty }
        func set(_ line: [String]) -> String {
            var text = String(repeating: " ", count: indent)
            for index in shown {
                let gap = String(repeating: " ", count: widths[index] - line[index].count)
                text += isNumeric[index] ? gap + line[index] : line[index] + gap
                text += "  "
            }
            while text.last == " " { text.removeLast() }
            return text
        }
        return [paint(set(columns.map(\.title)), .title)] + cells.map(set)
    }
}
