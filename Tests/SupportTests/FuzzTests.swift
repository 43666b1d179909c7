import Bytes
import TestSupport
import Testing

@Suite struct FuzzTests {
    @Test(
        "a verb changes a number as its name says",
        arguments: [
            (Fuzz.zeroes, [0, 0, 0]), (.ones, [255, 255, 255]), (.firstBit, [0x81, 0xff, 3]),
            (.middleBit, [1, 0xf7, 3]), (.lastBit, [1, 0xff, 2]), (.plusOne, [2, 0xff, 3]),
            (.minusOne, [0, 0xff, 3]),
        ] as [(Fuzz, [UInt8])])
    func verbs(verb: Fuzz, expected: [UInt8]) {
        #expect(verb.apply(to: [1, 0xff, 3]) == expected)
    }

    @Test func `counting carries in either byte order`() {
        #expect(Fuzz.plusOne.apply(to: [0xff, 0xff, 7], .little) == [0, 0, 8])
        #expect(Fuzz.plusOne.apply(to: [7, 0xff, 0xff], .big) == [8, 0, 0])
        #expect(Fuzz.minusOne.apply(to: [0, 0, 7], .little) == [0xff, 0xff, 6])
        #expect(Fuzz.minusOne.apply(to: [0, 0], .big) == [0xff, 0xff])
    }

    @Test func `a random verb gives the same bytes again`() {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        #expect(Fuzz.random.apply(to: bytes) == Fuzz.random.apply(to: bytes))
    }

    @Test func `nothing to spoil is no mistake`() {
        for verb in Fuzz.allCases { #expect(verb.apply(to: []).isEmpty) }
    }
}
