import Bytes
import Testing

@testable import Verify

@Suite struct ProblemListTests {
    private static func problem(key: Int, cause: Int) -> Problem {
        var location = Location()
        location.key = String(repeating: "k", count: key)
        let cause = String(repeating: "c", count: cause)
        return Problem(
            .zapHeader, at: location,
            evidence: Record(["expected": .record(Record(["cause": .text(cause)]))]))
    }

    @Test func `names take no more than the room for them`() {
        var list = ProblemList(limit: 3, textLimit: 100)
        for (key, cause) in [(40, 20), (20, 21), (20, 20), (1, 0), (0, 0), (0, 0)] {
            list.add(Self.problem(key: key, cause: cause))
        }
        let kept = list.all.map { $0.location.key?.utf8.count }
        #expect(kept == [40, 20, 0])
        #expect(list.omittedCount == 3)
        #expect(list.count == 6)
    }

    @Test func `what is left unchecked takes no more than the room for it`() {
        let sink = FindingSink()
        let name = String(repeating: "n", count: 1 << 20)
        for number in 0..<20 { sink.add(Unchecked("object \(number)", name)) }
        sink.add(Unchecked("object 20", "short"))
        #expect(sink.unchecked.count == 16)
        #expect(sink.unchecked.last?.why == "short")
    }
}
