/// Ranges of object numbers, gathered in any order.
struct ObjectRanges {
    private var ranges: [ClosedRange<UInt64>] = []

    var isEmpty: Bool { ranges.isEmpty }

    /// A number below which a hostile tree costs little; what passes it counts as one range of everything.
    private static let limit = 1 << 16

    mutating func insert(_ range: ClosedRange<UInt64>) {
        guard ranges.count < Self.limit else {
            ranges = [0...UInt64.max]
            return
        }
        guard
            !ranges.contains(where: {
                $0.contains(range.lowerBound) && $0.contains(range.upperBound)
            })
        else { return }
        ranges.append(range)
    }

    func contains(_ number: UInt64) -> Bool { ranges.contains { $0.contains(number) } }
}
