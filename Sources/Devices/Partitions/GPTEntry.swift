package import Bytes

/// One entry of a GUID partition table. UEFI specification, section 5.3.3.
package struct GPTEntry: Sendable, Hashable {
    /// What the partition is for, as GUIDs are written: `6A898CC3-1DD2-11B2-99A6-080020736631`.
    package let type: String
    /// The first and the last sector, both part of it.
    package let firstSector: UInt64
    package let lastSector: UInt64
    /// The name given by whoever partitioned the disk; ZFS writes `zfs-` and 16 digits.
    package let name: String

    /// Nil where the entry is unused. `bytes` begins with the entry.
    package init?(_ bytes: RawSpan) throws(FormatError) {
        let typeBytes: RawSpan
        let nameBytes: RawSpan
        do throws(OutOfBounds) {
            typeBytes = try bytes.slice(at: 0, count: Layout.typeRange.count)
            nameBytes = try bytes.slice(
                at: Layout.nameRange.lowerBound, count: Layout.nameRange.count)
        } catch {
            throw FormatError("PartitionEntry", .outOfBounds(error))
        }
        guard !typeBytes.isAllZero else { return nil }
        type = Self.text(ofGUID: typeBytes.array)
        firstSector = try Layout.firstSector.read(bytes, .little)
        lastSector = try Layout.lastSector.read(bytes, .little)
        let units = nameBytes.array
        let text = stride(from: 0, to: units.count, by: 2)
            .map { UInt16(units[$0]) | (UInt16(units[$0 + 1]) << 8) }
            .prefix { $0 != 0 }
        name = String(decoding: text, as: UTF16.self)
    }

    /// The first three groups of a GUID are little-endian numbers, the last two are plain bytes.
    private static func text(ofGUID bytes: [UInt8]) -> String {
        let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
        var text = ""
        for (place, index) in order.enumerated() where index < bytes.count {
            if [4, 6, 8, 10].contains(place) { text += "-" }
            let digits = String(bytes[index], radix: 16, uppercase: true)
            text += digits.count == 1 ? "0\(digits)" : digits
        }
        return text
    }
}
