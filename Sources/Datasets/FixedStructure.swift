package import Bytes

/// An on-disk structure whose fields lie at fixed places: a bonus buffer, or an array of words in a ZAP.
///
/// One shape for all of them lets one function read any from an object and one test damage any.
package protocol FixedStructure: Sendable {
    /// How many bytes a complete one takes on disk.
    static var byteCount: Int { get }
    /// Its fields in the order of the disk.
    static var fields: [AnyField] { get }
    /// Throws where the bytes end before the last field does.
    init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError)
    /// Writes the known fields into the original bytes, and leaves all others as they are.
    func encode(into bytes: inout [UInt8], _ order: ByteOrder) throws(FormatError)
    /// How it describes itself.
    var record: Record { get }
}

extension FixedStructure {
    /// Decodes an array of 64-bit integers as a ZAP gives it.
    ///
    /// Older writers stored fewer words than there are fields today: what is missing is taken as 0 up to
    /// `minimum` words, below which it throws.
    package init(words: [UInt64], minimum: Int? = nil) throws(FormatError) {
        var words = words
        let wanted = Self.byteCount / 8
        if let minimum, words.count >= minimum, words.count < wanted {
            words += Array(repeating: 0, count: wanted - words.count)
        }
        try self.init(words.littleEndianBytes.rawBytes, .little)
    }
}

extension [UInt64] {
    /// The words one after another, each with its lowest byte first.
    package var littleEndianBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 8)
        for word in self {
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return bytes
    }
}
