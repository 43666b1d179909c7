package import Bytes

extension Section {
    /// The records that JSON prints, one a line.
    package var records: [Record] {
        switch body {
        case .record(let record), .lines(_, let record): [record]
        case .table(let records, _), .records(let records, _): records
        case .tree(let nodes, _): nodes.flatMap(\.records)
        }
    }

    /// The text lines, heading first.
    package func lines(_ paint: Paint) -> [String] {
        let heading = title.isEmpty ? [] : [paint(title.printable, .title)]
        let margin = title.isEmpty ? 0 : 2
        let renderer = TextRenderer(paint: paint)
        switch body {
        case .record(let record):
            return heading + renderer.lines(record, indent: margin)
        case .lines(let lines, _):
            return heading + lines.map { String(repeating: " ", count: margin) + $0 }
        case .table(let records, let columns):
            let rows = Table(columns).lines(records, paint: paint, indent: margin)
            return heading + (records.isEmpty ? ["  none"] : rows)
        case .records(let records, let name):
            var lines = heading
            for record in records {
                lines.append(String(repeating: " ", count: margin) + paint(name(record), .title))
                lines += renderer.lines(record, indent: margin + 2)
            }
            return lines
        case .tree(let nodes, let columns):
            let rows = nodes.flatMap { $0.flattened() }
            return heading
                + Table([Column("label", "NAME")] + columns)
                .lines(rows, paint: paint, indent: 2)
        }
    }
}

extension TreeNode {
    /// The node as one record with its children nested in it.
    var nested: Record {
        var own = Record(["name": .text(label)])
        for entry in record.entries { own.add(entry.name, entry.value) }
        if !children.isEmpty {
            own.add("children", .list(children.map { .record($0.nested) }))
        }
        return own
    }

    /// This node's record and those below it, each nested below its parent's depth as a number.
    fileprivate var records: [Record] { records(depth: 0) }

    private func records(depth: UInt64) -> [Record] {
        var own = Record(["name": .text(label), "depth": .number(depth)])
        for entry in record.entries { own.add(entry.name, entry.value) }
        return [own] + children.flatMap { $0.records(depth: depth + 1) }
    }
}
