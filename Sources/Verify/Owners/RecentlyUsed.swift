/// A few values by key, those that were used last: object sets and what holds them, whose caches would add up to any size over
/// the datasets of a pool.
struct RecentlyUsed<Key: Equatable, Value> {
    private let limit: Int
    /// The one used last is the last.
    private var kept: [(key: Key, value: Value)] = []

    /// Keeps `limit` values, or one where that is less.
    init(limit: Int = 16) { self.limit = max(1, limit) }

    /// The value of a key where it is still kept; it then counts as used.
    mutating func value(of key: Key) -> Value? {
        guard let index = kept.lastIndex(where: { $0.key == key }) else { return nil }
        let found = kept.remove(at: index)
        kept.append(found)
        return found.value
    }

    /// Keeps the value of a key that has none, and lets go of the one whose use is longest ago.
    mutating func keep(_ value: Value, for key: Key) {
        if kept.count >= limit { kept.removeFirst() }
        kept.append((key, value))
    }
}
