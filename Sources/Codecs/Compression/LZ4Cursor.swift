/// Follows the tokens of one LZ4 stream and writes nothing: the lengths that stand in them are enough to know where it ends.
///
/// Where a token begins is known only when the one before it was read, so that a processor mostly waits; two cursors that
/// take turns wait together. The limits are those of `LZ4_decompress_safe` (the LZ4 library, lib/lz4.c). Every read is within
/// the input by the checks before it.
@safe struct LZ4Cursor {
    /// Where a stream breaks off.
    struct Damage: Error {
        /// Bytes from the start of the stream.
        let offset: Int
        /// Bytes that come of the tokens before.
        let written: Int
    }

    private let input: UnsafeRawBufferPointer
    private let capacity: Int
    private var read = 0
    private var written = 0
    /// How many bytes the stream gives, once it was followed to its end.
    private var end: Result<Int, Damage>?

    /// The last five bytes are literals, and no match begins in the last twelve (`LASTLITERALS` and `MFLIMIT`).
    private static let lastLiterals = 5
    static let matchLimit = 12

    /// A cursor at the start of a stream that may give `capacity` bytes; `input` must outlive it.
    init(_ input: UnsafeRawBufferPointer, capacity: Int) {
        unsafe self.input = input
        self.capacity = capacity
    }

    /// Follows the stream to its end; returns how many bytes it gives.
    mutating func finish() -> Result<Int, Damage> {
        while true {
            if let end { return end }
            hurry()
            follow()
        }
    }

    /// Follows two streams until either has come to its end, which takes little longer than one of them.
    static func followInTurns(_ one: inout Self, _ other: inout Self) {
        while one.end == nil, other.end == nil {
            if var first = one.lane, var second = other.lane {
                while first.skip(), second.skip() {}
                one.goOn(after: first)
                other.goOn(after: second)
            }
            one.follow()
            other.follow()
        }
    }

    /// Follows ordinary tokens, as long as they are.
    private mutating func hurry() {
        guard var lane else { return }
        while lane.skip() {}
        goOn(after: lane)
    }

    private var lane: LZ4Lane? {
        unsafe LZ4Lane(input, read: read, written: written, capacity: capacity)
    }

    private mutating func goOn(after lane: LZ4Lane) {
        read = unsafe lane.read(in: input)
        written = lane.written
    }

    /// Follows one token, whatever it is.
    private mutating func follow() {
        guard end == nil else { return }
        let start = written
        let count = unsafe input.count
        guard read < count else { return breakOff(start) }
        let token = unsafe Int(input[read])
        read += 1
        var literals = token >> 4
        if literals == 15 {
            guard let more = length() else { return breakOff(start) }
            literals += more
        }
        // Sound: both are bounded by the input and by the checks below; a block is far shorter than 2^62.
        if written + literals > capacity - Self.matchLimit || read + literals > count - 8 {
            guard read + literals == count, written + literals <= capacity else {
                return breakOff(start)
            }
            end = .success(written + literals)
            return
        }
        read += literals
        written += literals
        // Sound: eight bytes follow, by the check above.
        let distance = unsafe Int(input[read]) | Int(input[read + 1]) << 8
        read += 2
        guard distance > 0, distance <= written else {
            read -= 2
            return breakOff(start)
        }
        var match = token & 15
        if match == 15 {
            guard let more = length(), read <= count - Self.lastLiterals else {
                return breakOff(start)
            }
            match += more
        }
        written += match + 4
        guard written <= capacity - Self.lastLiterals else { return breakOff(start) }
    }

    private mutating func breakOff(_ written: Int) {
        end = .failure(Damage(offset: read, written: written))
    }

    /// The bytes that continue a length: as many of 255 as it takes, then one that is less.
    private mutating func length() -> Int? {
        var sum = 0
        while read < (unsafe input.count) {
            let byte = unsafe Int(input[read])
            read += 1
            sum += byte
            if byte < 255 { return sum }
        }
        return nil
    }
}
