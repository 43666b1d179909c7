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
    /// As far as `skip` may begin a token, in bytes read and written.
    private let lastRead: Int
    private let lastWrite: Int
    /// How many bytes the stream gives, once it was followed to its end.
    private var end: Result<Int, Damage>?

    /// The last five bytes are literals, and no match begins in the last twelve (`LASTLITERALS` and `MFLIMIT`).
    private static let lastLiterals = 5
    private static let matchLimit = 12
    /// The greatest token whose length of literals does not go on.
    private static let shortLiterals = 0xef
    /// Lengths of one more byte that is below 255: 14 and 254 and the least match of four.
    private static let longLiterals = 15 + 254
    private static let longMatch = 15 + 254 + 4

    /// A cursor at the start of a stream that may give `capacity` bytes; `input` must outlive it.
    init(_ input: UnsafeRawBufferPointer, capacity: Int) {
        unsafe self.input = input
        self.capacity = capacity
        // A token, its literals and their byte, the distance, the byte of the match, and eight more.
        lastRead = input.count - (1 + 1 + Self.longLiterals + 2 + 1 + 8)
        lastWrite = capacity - (Self.longLiterals + Self.longMatch + Self.matchLimit)
    }

    /// Follows the stream to its end; returns how many bytes it gives.
    mutating func finish() -> Result<Int, Damage> {
        while true {
            if let end { return end }
            while skip() {}
            follow()
        }
    }

    /// Follows two streams until either has come to its end, which takes little longer than one of them.
    static func followInTurns(_ one: inout Self, _ other: inout Self) {
        while one.end == nil, other.end == nil {
            while one.skip(), other.skip() {}
            one.follow()
            other.follow()
        }
    }

    /// Follows one token whose lengths take one more byte at most, which nearly all are, far from both ends; false where the
    /// next one is anything else, or damaged.
    @inline(__always)
    private mutating func skip() -> Bool {
        guard read <= lastRead, written <= lastWrite else { return false }
        // Sound: all of the token is inside, as `init` reckons, and its lengths are below 2^9.
        let token = unsafe Int(input[read])
        // All ones where the length of the literals goes on in the next byte. No processor foresees where it does, and a
        // branch that was foreseen wrongly takes longer than the token.
        let goesOn = (Self.shortLiterals &- token) >> (Int.bitWidth - 1)
        let more = unsafe (Int(input[read &+ 1]) &+ 1) & goesOn
        guard more <= 255 else { return false }
        var match = token & 15
        var place = read &+ 1 &+ (token >> 4) &+ more
        let literals = (token >> 4) &+ more &+ goesOn
        let distance = unsafe input.loadUnaligned(fromByteOffset: place, as: UInt16.self)
        place &+= 2
        if match == 15 {
            let more = unsafe Int(input[place])
            guard more < 255 else { return false }
            match &+= more
            place &+= 1
        }
        // The distance is neither zero nor before the start: either would make one of them negative.
        let back = Int(UInt16(littleEndian: distance))
        guard (back &- 1) | (written &+ literals &- back) >= 0 else { return false }
        read = place
        written &+= literals &+ match &+ 4
        return true
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
