extension NVList {
    /// Where this list and `other` differ, in the order of this list; the order of pairs does not count.
    ///
    /// Nested lists are compared pair by pair, arrays of lists element by element. `ignoring` holds
    /// paths, such as `txg`, that are left out.
    package func differences(from other: NVList, ignoring: Set<String> = []) -> [NVDifference] {
        var differences: [NVDifference] = []
        compare(other, path: "", into: &differences)
        return differences.filter { !ignoring.contains($0.path) }
    }

    private func compare(
        _ other: NVList, path: String, into differences: inout [NVDifference]
    ) {
        var seen: Set<String> = []
        for name in pairs.map(\.name) + other.pairs.map(\.name)
        where seen.insert(name).inserted {
            let place = path.isEmpty ? name : "\(path).\(name)"
            Self.compare(self[name], other[name], path: place, into: &differences)
        }
    }

    private static func compare(
        _ left: NVValue?, _ right: NVValue?, path: String, into differences: inout [NVDifference]
    ) {
        guard left != right else { return }
        switch (left, right) {
        case (.list(let left), .list(let right)):
            left.compare(right, path: path, into: &differences)
        case (.listArray(let left), .listArray(let right)):
            for index in 0..<max(left.count, right.count) {
                compare(
                    index < left.count ? .list(left[index]) : nil,
                    index < right.count ? .list(right[index]) : nil,
                    path: "\(path)[\(index)]", into: &differences)
            }
        default:
            differences.append(NVDifference(path: path, left: left, right: right))
        }
    }
}
