/// The objects of one dataset that were changed, by the newest state that lacks their newest contents.
///
/// How many there are, and the few with the lowest numbers, which are named: a walk may come to thousands of millions.
struct ChangedObjects: Sendable {
    private var counts: [UInt64]
    /// In order.
    private var lowest: [[UInt64]]
    /// Objects that anybody reads of.
    static let mostNamed = 20

    /// `count` is how many states there are.
    init(stateCount count: Int) {
        counts = [UInt64](repeating: 0, count: count)
        lowest = [[UInt64]](repeating: [], count: count)
    }

    /// Notes an object, which a walk meets once.
    mutating func add(_ object: UInt64, age: Int) {
        counts[age] += 1
        if lowest[age].count == Self.mostNamed {
            guard let last = lowest[age].last, object < last else { return }
            lowest[age].removeLast()
        }
        let place = lowest[age].firstIndex { $0 > object } ?? lowest[age].count
        lowest[age].insert(object, at: place)
    }

    mutating func add(_ other: ChangedObjects) {
        for age in counts.indices {
            counts[age] += other.counts[age]
            lowest[age] = Self.first(of: lowest[age] + other.lowest[age])
        }
    }

    /// How many were changed since the state at that place, the newest being the first.
    func count(since place: Int) -> UInt64 { counts[...place].reduce(0, +) }

    /// The first of them, in order.
    func lowest(since place: Int) -> [UInt64] {
        Self.first(of: lowest[...place].flatMap(\.self))
    }

    private static func first(of objects: [UInt64]) -> [UInt64] {
        [UInt64](objects.sorted().prefix(mostNamed))
    }
}
