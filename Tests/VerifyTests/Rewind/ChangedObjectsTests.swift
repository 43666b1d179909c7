import TestSupport
import Testing

@testable import Verify

@Suite struct ChangedObjectsTests {
    @Test func `it names and counts as a dictionary of all would`() {
        var generator = Seed.generator(for: [1])
        var parts = [ChangedObjects(stateCount: 8), ChangedObjects(stateCount: 8)]
        var ages: [UInt64: Int] = [:]
        while ages.count < 1000 {
            let object = UInt64.random(in: 1..<100_000, using: &generator)
            ages[object] = Int.random(in: 0..<8, using: &generator)
        }
        for (object, age) in ages { parts[Int(object % 2)].add(object, age: age) }
        parts[0].add(parts[1])
        for place in 0..<8 {
            let since = ages.filter { $0.value <= place }.keys.sorted()
            #expect(parts[0].count(since: place) == UInt64(since.count))
            #expect(parts[0].lowest(since: place) == Array(since.prefix(20)))
        }
    }
}
