import Objects
import Testing

@Suite struct RecentNumbersTests {
    @Test func `a number is new once`() {
        var numbers = RecentNumbers(memory: 1 << 20)
        #expect(newOnes(of: 0..<10_000, in: &numbers) == Array(0..<10_000))
        #expect(newOnes(of: 0..<10_000, in: &numbers) == [])
    }

    @Test func `with little memory the oldest are forgotten, and a small circle never is`() {
        // Room for four numbers in each of two sets.
        var numbers = RecentNumbers(memory: 256)
        #expect(newOnes(of: 0..<8, in: &numbers) == Array(0..<8))
        #expect(newOnes(of: 4..<8, in: &numbers) == [])
        #expect(newOnes(of: 0..<1, in: &numbers) == [0])
        let circle = (UInt64(0)..<1000).map { 100 + $0 % 4 }
        #expect(circle.flatMap { newOnes(of: $0..<$0 + 1, in: &numbers) } == [100, 101, 102, 103])
    }

    private func newOnes(of range: Range<UInt64>, in numbers: inout RecentNumbers) -> [UInt64] {
        range.filter { numbers.insert($0) }
    }
}
