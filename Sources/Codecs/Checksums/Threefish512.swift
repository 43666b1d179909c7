/// The block cipher inside Skein-512: 72 rounds over eight words, under a tweak of two words.
enum Threefish512 {
    /// Makes the parity word of the key schedule differ from a plain XOR of the key.
    private static let parity: UInt64 = 0x1bd1_1bda_a9fc_1a22

    /// `block` encrypted under `key`, XORed with `block` again: one step of Skein's chaining.
    static func chain(
        _ key: SIMD8<UInt64>, tweak: (UInt64, UInt64), _ block: SIMD8<UInt64>
    ) -> SIMD8<UInt64> {
        unsafe withUnsafeTemporaryAllocation(
            of: UInt64.self, capacity: Schedule.wordCount
        ) { words in
            let schedule = unsafe Schedule(words, key, tweak)
            var state = State(block)
            for step in 0..<9 {
                state.add(schedule, 2 * step)
                state.rotateFirst()
                state.add(schedule, 2 * step + 1)
                state.rotateSecond()
            }
            state.add(schedule, 18)
            return state.words ^ block
        }
    }

    /// The key and the tweak, each with its parity word, repeated so that a subkey needs no modulus.
    ///
    /// Memory of its own, since as a struct of inline arrays it is copied and all is four times as slow.
    @safe private struct Schedule {
        static let wordCount = 46
        private static let tweakStart = 26

        private let words: UnsafeMutableBufferPointer<UInt64>

        @inline(__always)
        init(
            _ words: UnsafeMutableBufferPointer<UInt64>, _ key: SIMD8<UInt64>,
            _ tweak: (UInt64, UInt64)
        ) {
            unsafe self.words = words
            let all = key.indices.reduce(Threefish512.parity) { $0 ^ key[$1] }
            for index in 0..<8 { unsafe words[index] = key[index] }
            unsafe words[8] = all
            for index in 9..<26 { unsafe words[index] = unsafe words[index - 9] }
            unsafe words[26] = tweak.0
            unsafe words[27] = tweak.1
            unsafe words[28] = tweak.0 ^ tweak.1
            for index in 29..<46 { unsafe words[index] = unsafe words[index - 3] }
        }

        /// Word `index` of the key, 0 to 25. Sound: `step` never passes 18, and 18 + 7 is below 26.
        @inline(__always)
        func key(_ index: Int) -> UInt64 { unsafe words[index] }

        /// Word `index` of the tweak, 0 to 19.
        @inline(__always)
        func tweak(_ index: Int) -> UInt64 { unsafe words[Self.tweakStart + index] }
    }

    /// The eight words, each a value of its own so that all stay in registers.
    private struct State {
        var x0, x1, x2, x3, x4, x5, x6, x7: UInt64

        @inline(__always)
        init(_ words: SIMD8<UInt64>) {
            (x0, x1, x2, x3) = (words[0], words[1], words[2], words[3])
            (x4, x5, x6, x7) = (words[4], words[5], words[6], words[7])
        }

        var words: SIMD8<UInt64> { SIMD8(x0, x1, x2, x3, x4, x5, x6, x7) }

        /// Adds subkey number `step`, which comes before every fourth round.
        @inline(__always)
        mutating func add(_ schedule: Schedule, _ step: Int) {
            x0 &+= schedule.key(step)
            x1 &+= schedule.key(step + 1)
            x2 &+= schedule.key(step + 2)
            x3 &+= schedule.key(step + 3)
            x4 &+= schedule.key(step + 4)
            x5 &+= schedule.key(step + 5) &+ schedule.tweak(step)
            x6 &+= schedule.key(step + 6) &+ schedule.tweak(step + 1)
            x7 &+= schedule.key(step + 7) &+ UInt64(truncatingIfNeeded: step)
        }

        @inline(__always)
        static func mix(_ left: inout UInt64, _ right: inout UInt64, _ count: UInt64) {
            left &+= right
            right = (right &<< count | right &>> (64 &- count)) ^ left
        }

        /// Rounds one to four of eight. The words stay in place; each round pairs them anew.
        @inline(__always)
        mutating func rotateFirst() {
            round(46, 36, 19, 37)
            permuted(33, 27, 14, 42)
            crossed(17, 49, 36, 39)
            folded(44, 9, 54, 56)
        }

        /// Rounds five to eight.
        @inline(__always)
        mutating func rotateSecond() {
            round(39, 30, 34, 24)
            permuted(13, 50, 10, 17)
            crossed(25, 29, 39, 43)
            folded(8, 35, 56, 22)
        }

        @inline(__always)
        mutating func round(_ r0: UInt64, _ r1: UInt64, _ r2: UInt64, _ r3: UInt64) {
            Self.mix(&x0, &x1, r0)
            Self.mix(&x2, &x3, r1)
            Self.mix(&x4, &x5, r2)
            Self.mix(&x6, &x7, r3)
        }

        @inline(__always)
        mutating func permuted(_ r0: UInt64, _ r1: UInt64, _ r2: UInt64, _ r3: UInt64) {
            Self.mix(&x2, &x1, r0)
            Self.mix(&x4, &x7, r1)
            Self.mix(&x6, &x5, r2)
            Self.mix(&x0, &x3, r3)
        }

        @inline(__always)
        mutating func crossed(_ r0: UInt64, _ r1: UInt64, _ r2: UInt64, _ r3: UInt64) {
            Self.mix(&x4, &x1, r0)
            Self.mix(&x6, &x3, r1)
            Self.mix(&x0, &x5, r2)
            Self.mix(&x2, &x7, r3)
        }

        @inline(__always)
        mutating func folded(_ r0: UInt64, _ r1: UInt64, _ r2: UInt64, _ r3: UInt64) {
            Self.mix(&x6, &x1, r0)
            Self.mix(&x0, &x7, r1)
            Self.mix(&x2, &x5, r2)
            Self.mix(&x4, &x3, r3)
        }
    }
}
