/// The lengths to which a test cuts a structure short.
package enum Truncation {
    /// Every length below `count` while there are at most `limit` of them; else those near both ends and
    /// near powers of two, and evenly spread ones, `limit` at most.
    package static func lengths(below count: Int, limit: Int = 512) -> [Int] {
        guard count > limit else { return Array(0..<max(0, count)) }
        var lengths = Set<Int>()
        for near in 0..<limit / 8 {
            lengths.insert(near)
            lengths.insert(count - 1 - near)
        }
        var power = 1
        while power < count {
            for length in [power - 1, power, power + 1] where length < count {
                lengths.insert(length)
            }
            power *= 2
        }
        let step = max(1, count / (limit / 2))
        for length in stride(from: 0, to: count, by: step) where lengths.count < limit {
            lengths.insert(length)
        }
        return lengths.sorted()
    }
}
