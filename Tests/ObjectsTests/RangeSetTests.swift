import Objects
import TestSupport
import Testing

@Suite struct RangeSetTests {
    @Test func `joins neighbours and tells what was there or missing`() {
        var set = RangeSet()
        #expect(set.insert(10..<20) == nil)
        #expect(set.insert(30..<40) == nil)
        #expect(set.insert(20..<30) == nil)
        #expect(set.ranges == [10..<40])
        #expect(set.insert(35..<50) == 35..<40)
        #expect(set.remove(0..<15) == 0..<10)
        #expect(set.remove(20..<30) == nil)
        #expect(set.ranges == [15..<20, 30..<50])
        #expect(set.byteCount == 25)
        #expect(set.contains(31..<50))
        #expect(!set.contains(18..<31))
        #expect(set.firstGap(18..<60) == 20..<30)
        #expect(set.remove(0..<UInt64.max) == 0..<15)
        #expect(set.count == 0)
        #expect(set.insert(0..<UInt64.max) == nil)
        #expect(set.byteCount == .max)
    }

    @Test func `agrees with a list of single places after many random steps`() {
        var generator = Seed.generator()
        var set = RangeSet()
        var plain = [Bool](repeating: false, count: 4000)
        for _ in 0..<3000 {
            let start = Int(generator.next() as UInt64 % 3990)
            let range = start..<min(4000, start + 1 + Int(generator.next() as UInt64 % 12))
            let bounds = UInt64(range.lowerBound)..<UInt64(range.upperBound)
            if generator.next() as UInt64 % 3 > 0 {
                #expect((set.insert(bounds) == nil) == !plain[range].contains(true))
                for place in range { plain[place] = true }
            } else {
                #expect((set.remove(bounds) == nil) == !plain[range].contains(false))
                for place in range { plain[place] = false }
            }
        }
        var places = [Bool](repeating: false, count: 4000)
        for range in set.ranges {
            for place in range { places[Int(place)] = true }
        }
        #expect(places == plain)
        #expect(set.byteCount == UInt64(plain.count { $0 }))
        #expect(set.count == set.ranges.count)
    }

    @Test func `holds many ranges in order`() {
        var set = RangeSet()
        for step in 0..<5000 {
            let start = UInt64(step * 7919 % 5000) * 10
            #expect(set.insert(start..<start + 5) == nil)
        }
        #expect(set.count == 5000)
        let expected = (0..<5000).map { step -> Range<UInt64> in
            let start = UInt64(step) * 10
            return start..<start + 5
        }
        #expect(set.ranges == expected)
    }
}
