/// The operation on eight 64-bit words that Edon-R is built of.
///
/// Each operand goes through sums of five of its words and a rotation; then three words of each side
/// are XORed and the two results added. The index sets are those of the algorithm's two Latin squares.
enum Quasigroup {
    /// Eight words, each a value of its own so that all stay in registers.
    struct Words {
        var w0, w1, w2, w3, w4, w5, w6, w7: UInt64

        @inline(__always)
        init(
            _ w0: UInt64, _ w1: UInt64, _ w2: UInt64, _ w3: UInt64, _ w4: UInt64, _ w5: UInt64,
            _ w6: UInt64, _ w7: UInt64
        ) {
            (self.w0, self.w1, self.w2, self.w3) = (w0, w1, w2, w3)
            (self.w4, self.w5, self.w6, self.w7) = (w4, w5, w6, w7)
        }

        @inline(__always)
        init(_ words: SIMD8<UInt64>) {
            self.init(
                words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7])
        }

        @inline(__always)
        var simd: SIMD8<UInt64> { SIMD8(w0, w1, w2, w3, w4, w5, w6, w7) }

        @inline(__always)
        var reversed: Words { Words(w7, w6, w5, w4, w3, w2, w1, w0) }
    }

    private static let constant: UInt64 = 0xaaaa_aaaa_aaaa_aaaa

    @inline(__always)
    static func multiply(_ left: Words, _ right: Words) -> Words {
        let s = spreadLeft(left)
        let t = spreadRight(right)
        return Words(
            (s.w0 ^ s.w1 ^ s.w4) &+ (t.w0 ^ t.w1 ^ t.w5),
            (s.w0 ^ s.w4 ^ s.w7) &+ (t.w2 ^ t.w6 ^ t.w7),
            (s.w1 ^ s.w6 ^ s.w7) &+ (t.w0 ^ t.w1 ^ t.w3),
            (s.w2 ^ s.w3 ^ s.w4) &+ (t.w0 ^ t.w3 ^ t.w4),
            (s.w0 ^ s.w1 ^ s.w7) &+ (t.w1 ^ t.w2 ^ t.w5),
            (s.w3 ^ s.w5 ^ s.w6) &+ (t.w3 ^ t.w4 ^ t.w6),
            (s.w2 ^ s.w5 ^ s.w6) &+ (t.w2 ^ t.w5 ^ t.w7),
            (s.w2 ^ s.w3 ^ s.w5) &+ (t.w4 ^ t.w6 ^ t.w7))
    }

    @inline(__always)
    private static func spreadLeft(_ x: Words) -> Words {
        let (outer, middle) = (x.w0 &+ x.w1, x.w2 &+ x.w3)
        let (upper, even) = (x.w5 &+ x.w6, x.w4 &+ x.w7)
        return Words(
            constant &+ outer &+ even &+ x.w2,
            rotated(outer &+ even &+ x.w3, 5),
            rotated(outer &+ even &+ x.w6, 15),
            rotated(middle &+ upper &+ x.w7, 22),
            rotated(middle &+ upper &+ x.w1, 31),
            rotated(middle &+ x.w0 &+ x.w4 &+ x.w5, 40),
            rotated(outer &+ upper &+ x.w7, 50),
            rotated(middle &+ upper &+ x.w4, 59))
    }

    @inline(__always)
    private static func spreadRight(_ y: Words) -> Words {
        let (lower, centre) = (y.w0 &+ y.w1, y.w3 &+ y.w4)
        let (spaced, upper) = (y.w2 &+ y.w5, y.w6 &+ y.w7)
        return Words(
            ~constant &+ lower &+ spaced &+ y.w7,
            rotated(lower &+ centre &+ y.w6, 10),
            rotated(lower &+ spaced &+ y.w3, 19),
            rotated(centre &+ upper &+ y.w2, 29),
            rotated(lower &+ centre &+ y.w5, 36),
            rotated(spaced &+ upper &+ y.w4, 44),
            rotated(spaced &+ upper &+ y.w1, 48),
            rotated(centre &+ upper &+ y.w0, 55))
    }

    @inline(__always)
    private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
        word &<< count | word &>> (64 &- count)
    }
}
