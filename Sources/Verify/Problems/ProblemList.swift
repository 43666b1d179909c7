/// Problems as they are found, up to a number that nobody would read through; the rest is counted.
package struct ProblemList: Sendable {
    package private(set) var all: [Problem] = []
    /// Problems that are counted and not kept.
    package private(set) var omittedCount = 0
    /// How many there are, kept or not.
    package var count: Int { all.count + omittedCount }
    /// How many are kept.
    private let limit: Int

    package init(limit: Int = 10_000) { self.limit = limit }

    /// Whether no more are kept.
    var isFull: Bool { all.count >= limit }

    package mutating func add(_ problem: Problem) {
        guard all.count < limit else {
            omittedCount += 1
            return
        }
        all.append(problem)
    }

    /// Counts problems that whoever found them has not kept.
    mutating func omit(_ count: Int) { omittedCount += count }

    package mutating func add(_ other: ProblemList) {
        for problem in other.all { add(problem) }
        omittedCount += other.omittedCount
    }
}
