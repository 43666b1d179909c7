/// Arithmetic on bytes as polynomials over two elements, modulo x^8 + x^4 + x^3 + x^2 + 1.
///
/// RAID-Z's second and third parity are sums in this field; addition is exclusive or. The generator is 2.
/// Mirrors `vdev_raidz_pow2` and `vdev_raidz_log2` (`module/zfs/vdev_raidz.c`).
enum GaloisField {
    /// The polynomial without its highest term.
    static let reducer: UInt8 = 0x1d

    /// The powers of 2; the 255 of them are all the bytes but 0.
    private static let powers: [UInt8] = {
        var powers: [UInt8] = []
        var value: UInt8 = 1
        for _ in 0..<255 {
            powers.append(value)
            value = (value << 1) ^ (value & 0x80 != 0 ? reducer : 0)
        }
        return powers
    }()

    /// The exponent of each power of 2; 0 has none.
    private static let logarithms: [UInt8] = {
        var logarithms = [UInt8](repeating: 0, count: 256)
        for (exponent, power) in powers.enumerated() {
            logarithms[Int(power)] = UInt8(exponent)
        }
        return logarithms
    }()

    /// 2 to that power; exponents repeat after 255.
    static func power(of exponent: Int) -> UInt8 { powers[exponent % 255] }

    static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        guard left != 0, right != 0 else { return 0 }
        return powers[(Int(logarithms[Int(left)]) + Int(logarithms[Int(right)])) % 255]
    }

    /// What `value`, which must not be 0, has to be multiplied by to give 1.
    static func inverse(_ value: UInt8) -> UInt8 {
        precondition(value != 0, "zero has no inverse")
        return powers[(255 - Int(logarithms[Int(value)])) % 255]
    }

    /// Each of the eight bytes of `word` times 2.
    static func double(_ word: UInt64) -> UInt64 {
        let high = word & 0x8080_8080_8080_8080
        // For each byte whose top bit leaves it, all ones, and so the reducer.
        let mask = (high << 1) &- (high >> 7)
        return ((word << 1) & 0xfefe_fefe_fefe_fefe) ^ (mask & 0x1d1d_1d1d_1d1d_1d1d)
    }

    /// Each of the eight bytes of `word` times `factor`.
    static func multiply(_ word: UInt64, by factor: UInt8) -> UInt64 {
        var product: UInt64 = 0
        var bit: UInt8 = 0x80
        while bit != 0 {
            product = double(product)
            if factor & bit != 0 { product ^= word }
            bit >>= 1
        }
        return product
    }
}
