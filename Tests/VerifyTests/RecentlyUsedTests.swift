import Testing

@testable import Verify

@Suite struct RecentlyUsedTests {
    @Test func `what was used last is kept`() {
        var kept = RecentlyUsed<Int, String?>(limit: 2)
        func names(_ keys: Int...) -> [String??] { keys.map { kept.value(of: $0) } }
        kept.keep("one", for: 1)
        kept.keep(nil, for: 2)
        #expect(names(2, 1) == [.some(nil), .some("one")])
        kept.keep("three", for: 3)
        #expect(names(2, 3, 1) == [nil, .some("three"), .some("one")])
        kept.keep("four", for: 4)
        #expect(names(3, 4, 1) == [nil, .some("four"), .some("one")])
    }

    @Test func `what is let go of is not held any longer`() {
        final class Thing {}
        var kept = RecentlyUsed<Int, Thing>(limit: 1)
        weak var first: Thing?
        do {
            let thing = Thing()
            first = thing
            kept.keep(thing, for: 1)
        }
        #expect(first != nil)
        kept.keep(Thing(), for: 2)
        #expect(first == nil)
    }
}
