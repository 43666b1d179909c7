import Testing

@testable import Vdevs

/// Multiplies as on paper: the product of two polynomials, then the rest after division by the field's own.
private func longMultiplication(_ left: UInt8, _ right: UInt8) -> UInt8 {
    var product: UInt32 = 0
    for bit in 0..<8 where right & (1 << bit) != 0 { product ^= UInt32(left) << bit }
    for bit in stride(from: 14, through: 8, by: -1) where product & (1 << bit) != 0 {
        product ^= 0x11d << (bit - 8)
    }
    return UInt8(product)
}

@Suite struct GaloisFieldTests {
    @Test func `products are those of long multiplication`() {
        var differences = 0
        for left in stride(from: UInt8(0), through: 255, by: 3) {
            for right in UInt8.min...UInt8.max
            where GaloisField.multiply(left, right) != longMultiplication(left, right) {
                differences += 1
            }
        }
        #expect(differences == 0)
    }

    @Test(arguments: UInt8(1)...255)
    func `a value times its inverse is one`(value: UInt8) {
        #expect(longMultiplication(value, GaloisField.inverse(value)) == 1)
    }

    @Test(arguments: [0, 1, 2, 3, 0x1d, 0x80, 0x8e, 0xff] as [UInt8])
    func `a word is multiplied byte by byte`(factor: UInt8) {
        let word: UInt64 = 0x0001_7f80_c3ff_1d5a
        var expected: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            let byte = UInt8(truncatingIfNeeded: word >> shift)
            expected |= UInt64(longMultiplication(byte, factor)) << shift
        }
        #expect(GaloisField.multiply(word, by: factor) == expected)
        if factor == 2 { #expect(GaloisField.double(word) == expected) }
    }
}
