/// Follows the ordinary tokens of an LZ4 stream, far from both of its ends: those whose lengths take one more byte at most.
///
/// Nearly all tokens are ordinary, so that this is where the time goes: a value that lives for one loop, so that what changes
/// stays in registers. Where it stops an `LZ4Cursor` goes on, which could follow all of them by itself, but not as fast.
@safe struct LZ4Lane {
    /// Where the next token begins.
    private var place: UnsafeRawPointer
    /// Bytes that come of the tokens before.
    private(set) var written: Int
    /// As far as a token may begin, in the input and in what comes of it.
    private let lastPlace: UnsafeRawPointer
    private let lastWrite: Int

    /// The greatest token whose length of literals does not go on in the next byte.
    private static let shortLiterals = 0xef
    /// Lengths of one more byte that is below 255: 14 and 254 and the least match of four.
    private static let longLiterals = 15 + 254
    private static let longMatch = 15 + 254 + 4
    /// A token, its literals and their byte, the distance, the byte of the match, and the eight bytes that follow a match.
    private static let longToken = 1 + 1 + longLiterals + 2 + 1 + 8

    /// Begins at byte `read` of `input`, of which the tokens before gave `written` of at most `capacity` bytes; nil near the ends.
    init?(_ input: UnsafeRawBufferPointer, read: Int, written: Int, capacity: Int) {
        let last = input.count - Self.longToken
        lastWrite = capacity - (Self.longLiterals + Self.longMatch + LZ4Cursor.matchLimit)
        guard let base = input.baseAddress, read <= last, written <= lastWrite else {
            return nil
        }
        // Sound: both are inside of the input.
        unsafe (place, lastPlace) = (base + read, base + last)
        self.written = written
    }

    /// Bytes of `input`, with which this began, that are before the next token.
    func read(in input: UnsafeRawBufferPointer) -> Int {
        guard let base = input.baseAddress else { return 0 }
        return unsafe place - base
    }

    /// Follows one token; false, and nothing done, where it is out of the ordinary, damaged or near an end.
    @inline(__always)
    mutating func skip() -> Bool {
        guard unsafe place <= lastPlace, written <= lastWrite else { return false }
        // Sound: all of the token is inside, as `longToken` reckons, and its lengths are below 2^9.
        let token = unsafe Int(place.load(as: UInt8.self))
        // All ones where the length of the literals goes on in the next byte. Where it does is hard to foresee, and
        // a branch that a processor foresaw wrongly takes longer than the token.
        let goesOn = (Self.shortLiterals &- token) >> (Int.bitWidth - 1)
        let more = unsafe (Int(place.load(fromByteOffset: 1, as: UInt8.self)) &+ 1) & goesOn
        guard more <= 255 else { return false }
        let literals = (token >> 4) &+ more &+ goesOn
        var match = token & 15
        var next = unsafe place + ((token >> 4) &+ more &+ 1)
        let distance = unsafe UInt16(littleEndian: next.loadUnaligned(as: UInt16.self))
        unsafe next += 2
        if match == 15 {
            let more = unsafe Int(next.load(as: UInt8.self))
            guard more < 255 else { return false }
            match &+= more
            unsafe next += 1
        }
        // Zero becomes the greatest of all, so that one comparison tells what is zero or before the start.
        guard UInt(distance) &- 1 < UInt(bitPattern: written &+ literals) else { return false }
        unsafe place = next
        written &+= literals &+ match &+ 4
        return true
    }
}
