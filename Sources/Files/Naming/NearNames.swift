/// Finds the names that someone may have meant who typed another.
enum NearNames {
    /// More names than this are not looked through.
    private static let candidateLimit = 20_000
    /// A name is at most 255 bytes; what is longer was no name.
    private static let lengthLimit = 256

    /// At most three of `names`, the nearest first: those that few strokes tell from `name`, and those
    /// with the same last part.
    static func of(_ name: String, among names: some Sequence<String>) -> [String] {
        let wanted = Array(name.lowercased().utf8)
        guard wanted.count <= lengthLimit else { return [] }
        let limit = max(2, min(4, wanted.count / 4))
        var near: [(distance: Int, name: String)] = []
        for candidate in names.prefix(candidateLimit) {
            let bytes = Array(candidate.lowercased().utf8)
            if lastPart(bytes) == lastPart(wanted) {
                near.append((limit, candidate))
                continue
            }
            guard abs(bytes.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, bytes)
            if distance <= limit { near.append((distance, candidate)) }
        }
        return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3)
            .map(\.name)
    }

    private static func lastPart(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes[(bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
    }

    /// How many bytes have to be put in, taken out or changed (Levenshtein).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for place in right.indices {
                let changed = diagonal + (right[place] == byte ? 0 : 1)
                diagonal = row[place + 1]
                row[place + 1] = min(changed, min(row[place], diagonal) + 1)
            }
        }
        return row[right.count]
    }
}
