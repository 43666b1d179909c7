package import Bytes

/// The flags beyond mode and owner that a creation or a change of attributes set.
///
/// A bitmap of which were asked for, then their values. Mirrors `lr_attr_t` and `lr_attr_end_t`
/// (`include/sys/zil.h`).
package struct LoggedOptionalAttributes: Sendable {
    /// Which attributes were set, 32 to a word.
    package let bitmap: [UInt32]
    /// The values of those that are flags, as `XAT0_*` bits.
    package let flags: UInt64
    package let creationTime: FileTime
    /// A virus scanner's stamp, or a project's number in the first eight bytes.
    package let scanStamp: [UInt8]
    /// The first eight bytes of the stamp as a number.
    package let projectID: UInt64

    private enum Limits {
        /// More words than any ZFS ever had attributes for (`XVA_MAPSIZE` is 3).
        static let bitmapWords = 64
        static let projectBit: UInt32 = 0x0004_0000
    }

    /// Decodes them at `offset`, which moves past them.
    init(_ bytes: RawSpan, at offset: inout Int, _ order: ByteOrder) throws(FormatError) {
        let count: UInt32 = try Field("lr_attr_masksize", at: offset).read(bytes, order)
        guard count >= 1, count <= Limits.bitmapWords else {
            throw FormatError("lr_attr_masksize", .badValue(UInt64(count)))
        }
        var bitmap: [UInt32] = []
        offset += 4
        for _ in 0..<count {
            bitmap.append(try Field("lr_attr_bitmap", at: offset).read(bytes, order))
            offset += 4
        }
        self.bitmap = bitmap
        flags = try Field("lr_attr_attrs", at: offset).read(bytes, order)
        creationTime = try FileTime("lr_attr_crtime", bytes, at: offset + 8, order)
        projectID = try Field("lr_attr_scanstamp", at: offset + 24).read(bytes, order)
        offset += 24
        scanStamp = try bytes.takeBytes("lr_attr_scanstamp", 32, at: &offset)
    }

    /// Whether a project's number was set (`XAT_PROJID`).
    package var hasProjectID: Bool { bitmap[0] & Limits.projectBit != 0 }

    package var record: Record {
        var record = Record([
            "requested": .list(bitmap.map { .word(UInt64($0)) }), "flags": .word(flags),
            "creation_time": creationTime.value,
        ])
        if hasProjectID { record.add("project", .number(projectID)) }
        return record
    }
}
