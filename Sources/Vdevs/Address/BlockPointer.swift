public import Bytes
public import Codecs

/// The address, size, checksum and history of one block: sixteen words that link everything on disk.
///
/// It is kept as its raw words and read by computed properties, since a census looks at hundreds of
/// millions of them and few of all their fields. Nothing in it is validated here: any 128 bytes decode.
/// Inlinable, because what is asked of every block must not cost a call. Mirrors `blkptr_t` (`include/sys/spa.h`).
@usableFromInline
@frozen package struct BlockPointer: Sendable {
    /// Its size on disk in bytes (`SPA_BLKPTRSIZE`).
    @inlinable package static var byteCount: Int { 128 }

    /// The sixteen words in this machine's byte order.
    @usableFromInline package var words: [16 of UInt64]

    @inlinable package init(words: [16 of UInt64]) { self.words = words }

    /// Decodes the pointer at `offset` of a block written in `order`.
    @inlinable
    package init(
        _ bytes: RawSpan, at offset: Int = 0, _ order: ByteOrder
    ) throws(FormatError) {
        do {
            words = try bytes.sixteenWords(at: offset, order)
        } catch {
            throw Self.outside(error)
        }
    }

    @usableFromInline
    static func outside(_ place: OutOfBounds) -> FormatError {
        FormatError("blkptr_t", .outOfBounds(place))
    }

    /// A pointer of all zeros: a hole that was never written.
    package static let hole = BlockPointer(words: .init(repeating: 0))
}

extension BlockPointer {
    @usableFromInline
    enum Bits {
        @inlinable static var logicalSize: BitField { BitField(low: 0, count: 16) }
        @inlinable static var physicalSize: BitField { BitField(low: 16, count: 16) }
        @inlinable static var embeddedLogicalSize: BitField { BitField(low: 0, count: 25) }
        @inlinable static var embeddedPhysicalSize: BitField { BitField(low: 25, count: 7) }
        @inlinable static var compression: BitField { BitField(low: 32, count: 7) }
        @inlinable static var embedded: BitField { BitField(low: 39, count: 1) }
        @inlinable static var checksum: BitField { BitField(low: 40, count: 8) }
        @inlinable static var type: BitField { BitField(low: 48, count: 8) }
        @inlinable static var level: BitField { BitField(low: 56, count: 5) }
        @inlinable static var crypt: BitField { BitField(low: 61, count: 1) }
        @inlinable static var dedup: BitField { BitField(low: 62, count: 1) }
        @inlinable static var order: BitField { BitField(low: 63, count: 1) }
        @inlinable static var rewrite: BitField { BitField(low: 63, count: 1) }
    }

    /// `blk_prop`.
    @inlinable package var properties: UInt64 { words[6] }

    /// The address of copy `index`, 0 to 2 (`blk_dva`).
    @inlinable package func dva(_ index: Int) -> DVA {
        DVA(word0: words[index * 2], word1: words[index * 2 + 1])
    }

    /// The payload stands in the pointer itself (`BP_IS_EMBEDDED`).
    @inlinable package var isEmbedded: Bool { Bits.embedded.read(properties) != 0 }
    /// What an embedded pointer holds: 0 data, 2 a redaction mark (`BPE_GET_ETYPE`).
    @inlinable package var embeddedType: UInt8 {
        UInt8(truncatingIfNeeded: Bits.checksum.read(properties))
    }
    /// Nothing is stored; the block reads as zeros (`BP_IS_HOLE`).
    @inlinable package var isHole: Bool { !isEmbedded && words[0] == 0 && words[1] == 0 }
    /// The block was left out of a redacted send stream (`BP_IS_REDACTED`).
    @inlinable package var isRedacted: Bool { isEmbedded && embeddedType == 2 }
    /// The first copy is a gang header (`BP_IS_GANG`).
    @inlinable package var isGang: Bool { !isEmbedded && dva(0).isGang }

    /// Bytes after decompression (`BP_GET_LSIZE`).
    @inlinable package var logicalSize: Int {
        if isEmbedded {
            return embeddedType == 0
                ? Int(truncatingIfNeeded: Bits.embeddedLogicalSize.read(properties)) + 1 : 0
        }
        return (Int(truncatingIfNeeded: Bits.logicalSize.read(properties)) + 1) << 9
    }
    /// Bytes as stored, before parity (`BP_GET_PSIZE`; `BPE_GET_PSIZE` for an embedded one).
    @inlinable package var physicalSize: Int {
        if isEmbedded {
            return Int(truncatingIfNeeded: Bits.embeddedPhysicalSize.read(properties)) + 1
        }
        return (Int(truncatingIfNeeded: Bits.physicalSize.read(properties)) + 1) << 9
    }
    /// Bytes that the copies take together on their vdevs (`BP_GET_ASIZE`).
    @inlinable package var allocatedSize: UInt64 {
        guard !isEmbedded else { return 0 }
        // Sound: three numbers of 33 bits can't overflow 64.
        return dva(0).allocatedSize &+ dva(1).allocatedSize
            &+ (isEncrypted ? 0 : dva(2).allocatedSize)
    }

    @inlinable package var compression: CompressionAlgorithm {
        CompressionAlgorithm(rawValue: UInt8(truncatingIfNeeded: Bits.compression.read(properties)))
    }
    @inlinable package var checksumAlgorithm: ChecksumAlgorithm {
        isEmbedded
            ? .off
            : ChecksumAlgorithm(
                rawValue: UInt8(truncatingIfNeeded: Bits.checksum.read(properties)))
    }
    /// The checksum of the stored bytes (`blk_cksum`).
    package var checksum: Checksum { Checksum(words[12], words[13], words[14], words[15]) }
    /// What the block belongs to, a DMU object type (`BP_GET_TYPE`).
    @inlinable package var type: ObjectType {
        ObjectType(rawValue: UInt8(truncatingIfNeeded: Bits.type.read(properties)))
    }
    /// 0 for data, more for blocks of pointers (`BP_GET_LEVEL`).
    @inlinable package var level: UInt8 { UInt8(truncatingIfNeeded: Bits.level.read(properties)) }
    /// The bit that says encrypted or authenticated (`BP_USES_CRYPT`).
    @inlinable package var usesCrypt: Bool { Bits.crypt.read(properties) != 0 }
    /// The payload is encrypted; copy 2 then holds salt and IV (`BP_IS_ENCRYPTED`).
    @inlinable package var isEncrypted: Bool { usesCrypt && level == 0 && type.isEncrypted }
    /// The payload is readable and carries a MAC (`BP_IS_AUTHENTICATED`).
    @inlinable package var isAuthenticated: Bool { usesCrypt && level == 0 && !type.isEncrypted }
    /// The block is shared through a dedup table (`BP_GET_DEDUP`).
    @inlinable package var isDeduplicated: Bool { Bits.dedup.read(properties) != 0 }
    /// The order in which the block's own integers are written (`BP_GET_BYTEORDER`).
    @inlinable package var order: ByteOrder { Bits.order.read(properties) != 0 ? .little : .big }

    /// The moved or rewritten bit of the second property word (`BP_GET_REWRITE`).
    @inlinable package var isRewritten: Bool { !isEmbedded && Bits.rewrite.read(words[7]) != 0 }
    /// When the block was logically written (`BP_GET_LOGICAL_BIRTH`).
    @inlinable package var logicalBirth: TransactionGroup { TransactionGroup(words[10]) }
    /// When the stored bytes were written; the same as the logical birth unless said (`BP_GET_PHYSICAL_BIRTH`).
    @inlinable package var physicalBirth: TransactionGroup {
        isEmbedded || words[9] == 0 ? logicalBirth : TransactionGroup(words[9])
    }
    /// The birth that snapshots and deadlists reckon with (`BP_GET_BIRTH`).
    @inlinable package var birth: TransactionGroup { isRewritten ? physicalBirth : logicalBirth }
    /// How many non-hole level 0 blocks, or dnodes, lie below (`BP_GET_FILL`).
    @inlinable package var fill: UInt64 {
        if isEmbedded { return 1 }
        return isEncrypted ? words[11] & 0xffff_ffff : words[11]
    }
}

extension BlockPointer: Hashable {
    @inlinable package static func == (left: Self, right: Self) -> Bool {
        for index in left.words.indices where left.words[index] != right.words[index] {
            return false
        }
        return true
    }

    @inlinable package func hash(into hasher: inout Hasher) {
        for index in words.indices { hasher.combine(words[index]) }
    }
}
