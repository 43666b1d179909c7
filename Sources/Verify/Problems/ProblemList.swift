/// Problems as they are found, up to a number that nobody would read through and so many bytes of names, which a damaged pool
/// may make of any length; the rest is counted.
package struct ProblemList: Sendable {
    package private(set) var all: [Problem] = []
    /// Problems that are counted and not kept.
    package private(set) var omittedCount = 0
    /// How many there are, kept or not.
    package var count: Int { all.count + omittedCount }
    /// How many are kept.
    private let limit: Int
    /// How many bytes of texts are kept.
    private let textLimit: Int
    private var textByteCount = 0

    /// `textLimit` is in bytes; there is room for a long path in each problem.
    package init(limit: Int = 10_000, textLimit: Int = 16 << 20) {
        self.limit = limit
        self.textLimit = textLimit
    }

    /// Whether no more are kept.
    var isFull: Bool { all.count >= limit }

    package mutating func add(_ problem: Problem) {
        let size = problem.textByteCount
        guard all.count < limit, size <= textLimit - textByteCount else {
            omittedCount += 1
            return
        }
        textByteCount += size
        all.append(problem)
    }

    /// Counts problems that whoever found them has not kept.
    mutating func omit(_ count: Int) { omittedCount += count }

    package mutating func add(_ other: ProblemList) {
        for problem in other.all { add(problem) }
        omittedCount += other.omittedCount
    }
}
