import Verify

/// A vdev's space as a picture: a cell for each metaslab, filled as far as it is in use, coloured where something is wrong.
struct SpaceDrawing {
    private let metaslabs: [MetaslabOutcome]
    private static let cellsInRow = 64
    private static let mostCells = 4096
    private static let size = 14
    private static let step = 16

    init(_ metaslabs: [MetaslabOutcome]) { self.metaslabs = metaslabs }

    /// The drawing as SVG; each cell tells its figures where the pointer rests on it.
    func svg(title: String) -> String {
        let perCell = max(1, (metaslabs.count + Self.mostCells - 1) / Self.mostCells)
        let starts = Array(stride(from: 0, to: metaslabs.count, by: perCell))
        let rows = (starts.count + Self.cellsInRow - 1) / Self.cellsInRow
        var cells = ""
        for (index, start) in starts.enumerated() {
            let part = metaslabs[start..<min(metaslabs.count, start + perCell)]
            cells += cell(
                part, column: index % Self.cellsInRow, row: index / Self.cellsInRow)
        }
        return """
            <svg viewBox="0 0 \(Self.cellsInRow * Self.step) \(rows * Self.step)" role="img" \
            aria-label="\(HTMLText.escaped(title))">\(cells)</svg>
            """
    }

    static let legend: String = {
        let entries = [
            ("used", "in use"), ("free", "free"), ("error", "in use but marked free"),
            ("double", "claimed twice"), ("warning", "allocated, owned by nobody"),
            ("soft", "not compared"),
        ]
        let spans = entries.map { "<span><i style=\"background:var(--\($0))\"></i>\($1)</span>" }
        return "<p class=\"legend\">\(spans.joined())</p>"
    }()

    private func cell(_ part: ArraySlice<MetaslabOutcome>, column: Int, row: Int) -> String {
        let size = part.reduce(0.0) { $0 + Double($1.size) }
        let used = part.reduce(0.0) { $0 + Double($1.allocatedByCensus) }
        let share = size > 0 ? min(1, used / size) : 0
        let style =
            part.contains { $0.unprotected > 0 }
            ? "unprotected"
            : part.contains { $0.claimedTwice > 0 }
                ? "twice"
                : part.contains { $0.leaked > 0 }
                    ? "leaked" : part.contains { $0.obstacle != nil } ? "uncompared" : "used"
        // What is wrong is seen even in an empty metaslab.
        let least = style == "used" ? 0.0 : 0.35
        let height = Units.decimal(max(least, share) * Double(Self.size), digits: 1)
        let (x, y) = (column * Self.step, row * Self.step)
        let top = Units.decimal(
            Double(y) + Double(Self.size) * (1 - max(least, share)), digits: 1)
        return """
            <g><title>\(HTMLText.escaped(caption(part)))</title>\
            <rect class="free" x="\(x)" y="\(y)" width="\(Self.size)" height="\(Self.size)"/>\
            <rect class="\(style)" x="\(x)" y="\(top)" width="\(Self.size)" height="\(height)"/></g>
            """
    }

    private func caption(_ part: ArraySlice<MetaslabOutcome>) -> String {
        func sum(_ value: (MetaslabOutcome) -> UInt64) -> UInt64 {
            part.reduce(0) { $0 &+ value($1) }
        }
        let first = part.first?.metaslab ?? 0
        let last = part.last?.metaslab ?? 0
        var parts = [
            first == last ? "metaslab \(first)" : "metaslabs \(first) to \(last)",
            "\(Units.size(sum(\.allocatedByCensus))) of \(Units.size(sum(\.size))) in use",
        ]
        if sum(\.unprotected) > 0 {
            parts.append("\(Units.size(sum(\.unprotected))) in use but marked free")
        }
        if sum(\.leaked) > 0 { parts.append("\(Units.size(sum(\.leaked))) owned by nobody") }
        if let obstacle = part.lazy.compactMap(\.obstacle).first {
            parts.append("not compared: \(obstacle)")
        }
        return parts.joined(separator: ", ")
    }
}
