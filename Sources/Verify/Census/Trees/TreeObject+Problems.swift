import Bytes

extension TreeObject {
    /// What of the dnode is not as its tree is: `charged` bytes up to block `lastIndex`, nil where it has none.
    func problems(charged: UInt64, lastIndex: UInt64?) -> [Problem] {
        var problems: [Problem] = []
        let location = Location(objectSet: objectSet, object: object)
        if used != charged {
            problems.append(
                Problem(
                    .dnodeUsed, at: location,
                    evidence: Record(["expected": .bytes(charged), "found": .bytes(used)])))
        }
        if let lastIndex, maximumBlockID < lastIndex {
            problems.append(
                Problem(
                    .dnodeMaximumBlockID, at: location,
                    evidence: Record([
                        "expected": .number(lastIndex), "found": .number(maximumBlockID),
                    ])))
        }
        return problems
    }
}
