package import Bytes

/// The header of a GUID partition table, the first (sector 1) or its copy in the device's last sector.
///
/// All sectors are logical ones of 512 or 4096 bytes; the header does not say which. UEFI specification,
/// section 5.3.2. Its numbers are little-endian on every machine.
package struct GPTHeader: Sendable, Hashable {
    /// The sector this header lies in.
    package let ownSector: UInt64
    /// The sector the other header lies in.
    package let otherSector: UInt64
    /// Where the array of partition entries begins.
    package let entriesSector: UInt64
    package let entryCount: UInt32
    /// Bytes of one entry, 128 or a larger power of two.
    package let entrySize: UInt32
    package let entriesCRC: UInt32

    /// So many bytes of entries are read at most; usual tables have 16 KiB.
    static let maximumEntriesByteCount: UInt64 = 4 << 20

    /// Throws where the signature, a size or the checksum is wrong. `bytes` is the whole sector.
    package init(_ bytes: RawSpan) throws(FormatError) {
        let signature = try Layout.signature.read(bytes, .little)
        guard signature == Layout.signatureNumber else {
            throw FormatError(Layout.signature.name, .badMagic(signature))
        }
        let size = try Layout.headerSize.read(bytes, .little)
        guard size >= Layout.minimumSize, UInt64(size) <= UInt64(bytes.byteCount) else {
            throw FormatError(Layout.headerSize.name, .badValue(UInt64(size)))
        }
        let stored = try Layout.headerCRC.read(bytes, .little)
        var header = [UInt8](bytes.array.prefix(Int(size)))
        try Layout.headerCRC.write(0, into: &header, .little)
        guard CRC32.compute(header) == stored else {
            throw FormatError(Layout.headerCRC.name, .invalid("does not match the header"))
        }
        ownSector = try Layout.ownSector.read(bytes, .little)
        otherSector = try Layout.otherSector.read(bytes, .little)
        entriesSector = try Layout.entriesSector.read(bytes, .little)
        entryCount = try Layout.entryCount.read(bytes, .little)
        entrySize = try Layout.entrySize.read(bytes, .little)
        entriesCRC = try Layout.entriesCRC.read(bytes, .little)
        guard entrySize >= 128, entrySize % 8 == 0, entrySize <= 4096 else {
            throw FormatError(Layout.entrySize.name, .badValue(UInt64(entrySize)))
        }
        guard entriesByteCount <= Self.maximumEntriesByteCount else {
            throw FormatError(Layout.entryCount.name, .badValue(UInt64(entryCount)))
        }
    }

    /// The length of the array of entries in bytes. No overflow: both factors have 32 bits.
    var entriesByteCount: UInt64 { UInt64(entryCount) * UInt64(entrySize) }
}
