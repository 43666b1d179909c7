import Bytes

/// A block's own checksum and what it covers, as the block itself says.
///
/// It stands at the end of the block, but at the start of an intent log block of the second format,
/// where it covers only the part that is in use.
struct EmbeddedTrailer {
    /// Where `zio_eck_t` lies, in bytes from the start of the block.
    let offset: Int
    /// How many bytes, from the start of the block, the checksum covers.
    let coveredCount: Int
    /// The order of the host that wrote the block, told by the magic number.
    let order: ByteOrder
    /// The checksum as stored.
    let checksum: Checksum

    init(_ bytes: RawSpan, _ algorithm: ChecksumAlgorithm) throws(FormatError) {
        typealias Layout = EmbeddedChecksum.Layout
        offset =
            algorithm == .zilog2
            ? EmbeddedChecksum.ChainLayout.trailerOffset : bytes.byteCount - Layout.byteCount
        let trailer: RawSpan
        do {
            trailer = try bytes.slice(at: offset, count: Layout.byteCount)
        } catch {
            throw FormatError("zio_eck_t", .outOfBounds(error))
        }
        order = try Self.order(trailer)
        checksum = try Checksum(
            Layout.word0.read(trailer, order), Layout.word1.read(trailer, order),
            Layout.word2.read(trailer, order), Layout.word3.read(trailer, order))
        coveredCount =
            algorithm == .zilog2 ? try Self.usedCount(bytes, order) : bytes.byteCount
    }

    private static func order(_ trailer: RawSpan) throws(FormatError) -> ByteOrder {
        let magic = EmbeddedChecksum.Layout.magic
        let word = try magic.read(trailer, .little)
        switch word {
        case EmbeddedChecksum.Layout.magicNumber: return .little
        case EmbeddedChecksum.Layout.magicNumber.byteSwapped: return .big
        default: throw FormatError(magic.name, .badMagic(word))
        }
    }

    /// The bytes in use, rounded up as the writer does; they must lie inside the block.
    private static func usedCount(
        _ bytes: RawSpan, _ order: ByteOrder
    ) throws(FormatError) -> Int {
        typealias Layout = EmbeddedChecksum.ChainLayout
        let used = try Layout.used.read(bytes, order)
        guard used >= UInt64(Layout.byteCount),
            let rounded = try? used.roundedUp(toShift: Layout.blockShift),
            let count = Int(exactly: rounded), count <= bytes.byteCount
        else { throw FormatError(Layout.used.name, .badValue(used)) }
        return count
    }
}
