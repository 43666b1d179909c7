extension Overlay {
    /// The same patches in order of their offsets, without empty ones, those that overlap made one.
    ///
    /// Where they overlap, the later one of the list wins. Patches that overlap one another cover a range
    /// without gaps, so each such group is painted onto one buffer, in the order of the list.
    package static func merged(_ patches: [Patch]) -> [Patch] {
        let order = patches.indices
            .filter { !patches[$0].bytes.isEmpty }
            .sorted { (patches[$0].offset, $0) < (patches[$1].offset, $1) }
        var merged: [Patch] = []
        var group: [Int] = []
        var end: UInt64 = 0
        for index in order {
            if !group.isEmpty, patches[index].offset >= end {
                merged.append(painted(group.sorted().map { patches[$0] }))
                group = []
            }
            end =
                group.isEmpty
                ? patches[index].range.upperBound : max(end, patches[index].range.upperBound)
            group.append(index)
        }
        if !group.isEmpty { merged.append(painted(group.sorted().map { patches[$0] })) }
        return merged
    }

    /// One patch for a group without gaps, painted from the first to the last.
    private static func painted(_ group: [Patch]) -> Patch {
        if group.count == 1 { return group[0] }
        let start = group.reduce(UInt64.max) { min($0, $1.offset) }
        let end = group.reduce(0) { max($0, $1.range.upperBound) }
        var bytes = [UInt8](repeating: 0, count: Int(end - start))
        for patch in group {
            let place = Int(patch.offset - start)
            bytes.replaceSubrange(place..<place + patch.bytes.count, with: patch.bytes)
        }
        return Patch(at: start, bytes)
    }
}
