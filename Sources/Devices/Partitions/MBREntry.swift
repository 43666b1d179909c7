package import Bytes

/// One of the four partition records of a master boot record or of an extended partition's boot record.
package struct MBREntry: Sendable, Hashable {
    /// What the partition is for; 0 is an unused record.
    package let type: UInt8
    /// In sectors: from the start of the disk, or of what contains it for one in an extended partition.
    package let firstSector: UInt32
    package let sectorCount: UInt32

    /// `bytes` begins with the record.
    package init(_ bytes: RawSpan) throws(FormatError) {
        let status = try Layout.status.read(bytes, .little)
        guard status == 0 || status == 0x80 else {
            throw FormatError(Layout.status.name, .badValue(UInt64(status)))
        }
        type = try Layout.type.read(bytes, .little)
        firstSector = try Layout.firstSector.read(bytes, .little)
        sectorCount = try Layout.sectorCount.read(bytes, .little)
    }

    package var isUsed: Bool { type != 0 && sectorCount != 0 }
    /// It holds further partitions, not data.
    package var isExtended: Bool { [0x05, 0x0f, 0x85].contains(type) }
    /// It only keeps old tools from taking a GPT disk for an empty one.
    package var isProtective: Bool { type == 0xee }

    /// The four records of a boot sector; throws where it is none.
    ///
    /// The boot sectors of some file systems end in the same signature with program code where the records
    /// are; a bad first byte of any record tells them apart.
    package static func all(in sector: RawSpan) throws(FormatError) -> [MBREntry] {
        let signature = try Layout.tableSignature.read(sector, .little)
        guard signature == Layout.signatureNumber else {
            throw FormatError(Layout.tableSignature.name, .badMagic(UInt64(signature)))
        }
        var entries: [MBREntry] = []
        for index in 0..<4 {
            let record: RawSpan
            do throws(OutOfBounds) {
                record = try sector.slice(
                    at: Layout.tableOffset + index * Layout.size, count: Layout.size)
            } catch {
                throw FormatError("PartitionRecord", .outOfBounds(error))
            }
            entries.append(try MBREntry(record))
        }
        return entries
    }
}
