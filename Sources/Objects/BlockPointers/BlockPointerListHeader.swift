package import Bytes

/// The bonus of a list of block pointers: how many there are and what space they take.
///
/// It grew over time: 16, 32, 48 and 56 bytes; fields that it is too short for are nil. Mirrors
/// `bpobj_phys_t` (`include/sys/bpobj.h`).
package struct BlockPointerListHeader: Sendable, Hashable {
    /// How many pointers stand in the object itself.
    package let count: UInt64
    /// Space on disk of all pointers, those of subordinate lists included.
    package let bytes: UInt64
    package let compressedBytes: UInt64?
    package let uncompressedBytes: UInt64?
    /// The object that is an array of the numbers of subordinate lists; 0 for none.
    package let subordinateObject: UInt64?
    package let subordinateCount: UInt64?
    /// How many of the pointers are frees, in a livelist.
    package let freedCount: UInt64?
    package let order: ByteOrder

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        count = try Layout.count.read(bytes, order)
        self.bytes = try Layout.bytes.read(bytes, order)
        let hasCompression = bytes.byteCount >= Layout.byteCounts[1]
        compressedBytes = hasCompression ? try Layout.compressedBytes.read(bytes, order) : nil
        uncompressedBytes = hasCompression ? try Layout.uncompressedBytes.read(bytes, order) : nil
        let hasSubordinates = bytes.byteCount >= Layout.byteCounts[2]
        subordinateObject = hasSubordinates ? try Layout.subordinateObject.read(bytes, order) : nil
        subordinateCount = hasSubordinates ? try Layout.subordinateCount.read(bytes, order) : nil
        let hasFreed = bytes.byteCount >= Layout.byteCounts[3]
        freedCount = hasFreed ? try Layout.freedCount.read(bytes, order) : nil
        self.order = order
    }
}
