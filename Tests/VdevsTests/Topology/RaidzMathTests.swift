import TestSupport
import Testing

@testable import Vdevs

@Suite struct RaidzMathTests {
    /// Columns of words that no one wrote by hand.
    private static func columns(_ count: Int, words: Int = 4) -> [[UInt64]] {
        var generator = SplitMix64(state: UInt64(count))
        return (0..<count).map { _ in (0..<words).map { _ in generator.next() } }
    }

    /// The power of 2 in the field, by doubling in whole numbers and dividing.
    private static func power(_ exponent: Int) -> UInt8 {
        var value: UInt32 = 1
        for _ in 0..<exponent {
            value <<= 1
            if value & 0x100 != 0 { value ^= 0x11d }
        }
        return UInt8(value)
    }

    @Test("parity is the sum of columns times powers", arguments: [1, 2, 5, 17], [0, 1, 2])
    func parity(count: Int, number: Int) {
        let data = Self.columns(count)
        var expected = [UInt64](repeating: 0, count: 4)
        for (index, column) in data.enumerated() {
            let factor = Self.power(number * (count - 1 - index))
            for word in expected.indices {
                for shift in stride(from: UInt64(0), to: 64, by: 8) {
                    let byte = UInt8(truncatingIfNeeded: column[word] >> shift)
                    expected[word] ^= UInt64(GaloisField.multiply(byte, factor)) << shift
                }
            }
        }
        #expect(RaidzMath.parity(number, of: data, wordCount: 4) == expected)
    }

    @Test("any lost columns come back from any parity that is left", arguments: [1, 2, 3, 6, 12])
    func reconstruct(count: Int) {
        let data = Self.columns(count)
        let parity = (0..<3).map {
            (number: $0, words: RaidzMath.parity($0, of: data, wordCount: 4))
        }
        for lostSet in 1..<(1 << count) where lostSet.nonzeroBitCount <= 3 {
            let lost = (0..<count).filter { lostSet & (1 << $0) != 0 }
            for paritySet in 1..<8 where paritySet.nonzeroBitCount >= lost.count {
                var damaged: [[UInt64]?] = data
                for index in lost { damaged[index] = nil }
                let found = RaidzMath.reconstruct(
                    lost, data: damaged,
                    parity: parity.filter { paritySet & (1 << $0.number) != 0 },
                    wordCount: 4)
                #expect(found == lost.map { data[$0] })
            }
        }
    }
}
