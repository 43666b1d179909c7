import Bytes

/// Which bytes of a stored block are encrypted, and which others its code proves.
struct SealedBlock {
    /// In the order in which they were encrypted, one after the other.
    var encrypted: [Range<Int>] = []
    /// What the code proves beside them.
    var authenticated: [UInt8] = []

    /// The encrypted bytes joined.
    func payload(of block: [UInt8]) -> [UInt8] {
        if encrypted.count == 1, encrypted[0] == 0..<block.count { return block }
        var payload: [UInt8] = []
        for range in encrypted { payload += block[range] }
        return payload
    }

    /// The block with another payload in the place of its own: the plain one for the encrypted one, or the reverse.
    func replacing(in block: [UInt8], with payload: [UInt8]) -> [UInt8] {
        if encrypted.count == 1, encrypted[0] == 0..<block.count { return payload }
        var block = block
        var place = 0
        for range in encrypted {
            block.replaceSubrange(range, with: payload[place..<place + range.count])
            place += range.count
        }
        return block
    }
}
