import Testing
import Verify

@Suite struct UnitBitmapTests {
    /// The same operations on a plain array of flags, as the judge.
    private struct Flags {
        var flags: [Bool]

        mutating func set(_ run: Range<Int>, _ value: Bool) -> Int {
            var already = 0
            for index in run {
                if flags[index] == value { already += 1 }
                flags[index] = value
            }
            return already
        }

        func runs(of value: Bool) -> [Range<Int>] {
            var runs: [Range<Int>] = []
            for (index, flag) in flags.enumerated() where flag == value {
                if let last = runs.last, last.upperBound == index {
                    runs[runs.count - 1] = last.lowerBound..<index + 1
                } else {
                    runs.append(index..<index + 1)
                }
            }
            return runs
        }
    }

    @Test("agrees with a plain array of flags", arguments: [1, 63, 64, 65, 1000, 4096])
    func random(count: Int) {
        var generator = SystemRandomNumberGenerator()
        var bitmap = UnitBitmap(count: count)
        var flags = Flags(flags: [Bool](repeating: false, count: count))
        for _ in 0..<500 {
            let start = Int.random(in: 0..<count, using: &generator)
            let end = min(count, start + Int.random(in: 0...200, using: &generator))
            if Bool.random(using: &generator) {
                #expect(bitmap.insert(start..<end) == flags.set(start..<end, true))
            } else {
                #expect(bitmap.remove(start..<end) == flags.set(start..<end, false))
            }
        }
        for value in [true, false] {
            var runs: [Range<Int>] = []
            bitmap.forEachRun(of: value) { runs.append($0) }
            #expect(runs == flags.runs(of: value))
        }
        #expect(bitmap.setCount == flags.flags.count { $0 })
    }

    @Test func `an empty run touches nothing`() {
        var bitmap = UnitBitmap(count: 10)
        #expect(bitmap.insert(10..<10) == 0)
        #expect(bitmap.setCount == 0)
    }
}
