import Verify

/// A vdev's space as a strip of block characters: how full each part is, and where something is wrong.
struct SpaceMapPicture {
    private let metaslabs: [MetaslabOutcome]
    private let paint: Paint
    /// Characters in a line, and lines at most.
    private static let width = 64
    private static let height = 8
    private static let levels: [Character] = ["·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    static let legend = "    · empty  ▄ half full  █ full  ! differs  ? not compared"

    init(_ metaslabs: [MetaslabOutcome], paint: Paint) {
        self.metaslabs = metaslabs
        self.paint = paint
    }

    /// The lines of the picture below a title.
    func lines(title: String) -> [String] {
        let cells = Self.width * Self.height
        let perCell = max(1, (metaslabs.count + cells - 1) / cells)
        var lines: [String] = []
        var line = ""
        var count = 0
        for start in stride(from: 0, to: metaslabs.count, by: perCell) {
            line += cell(metaslabs[start..<min(metaslabs.count, start + perCell)])
            count += 1
            if count == Self.width {
                lines.append("    " + line)
                (line, count) = ("", 0)
            }
        }
        if count > 0 { lines.append("    " + line) }
        let scale = perCell == 1 ? "a metaslab" : "\(perCell) metaslabs"
        return [paint(title, .title) + ", each character \(scale):"] + lines
    }

    private func cell(_ part: ArraySlice<MetaslabOutcome>) -> String {
        if part.contains(where: \.isAtOdds) { return paint("!", .bad) }
        if part.contains(where: { $0.obstacle != nil }) { return paint("?", .caution) }
        let size = part.reduce(0.0) { $0 + Double($1.size) }
        let used = part.reduce(0.0) { $0 + Double($1.allocatedByCensus) }
        guard size > 0, used > 0 else { return String(Self.levels[0]) }
        let level = 1 + Int(min(1, used / size) * 7.0)
        return String(Self.levels[min(level, 8)])
    }
}
