import TestSupport

/// How two documents differ, one line for each place.
enum Differences {
    static func between(
        _ ours: JSONValue, _ theirs: JSONValue, path: String = "", limit: Int = 20
    ) -> [String] {
        var found: [String] = []
        compare(ours, theirs, path, &found)
        guard found.count > limit else { return found }
        return Array(found.prefix(limit)) + ["… and \(found.count - limit) more"]
    }

    private static func compare(
        _ ours: JSONValue, _ theirs: JSONValue, _ path: String, _ found: inout [String]
    ) {
        switch (ours, theirs) {
        case (.object(let left), .object(let right)):
            for name in Set(left.keys).union(right.keys).sorted() {
                compare(left[name] ?? .null, right[name] ?? .null, "\(path).\(name)", &found)
            }
        case (.array(let left), .array(let right)):
            for index in 0..<max(left.count, right.count) {
                let pair = (
                    index < left.count ? left[index] : .null,
                    index < right.count ? right[index] : .null
                )
                compare(pair.0, pair.1, "\(path)[\(index)]", &found)
            }
        case (let left, let right) where left.unsigned != nil && left.unsigned == right.unsigned:
            break
        case (let left, let right) where left.signed != nil && left.signed == right.signed: break
        case (let left, let right):
            if left != right { found.append("\(path): ours \(left), theirs \(right)") }
        }
    }
}
