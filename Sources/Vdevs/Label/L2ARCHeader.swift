package import Bytes
package import Devices

/// The header of a cache device, from which the cache is rebuilt after a restart.
///
/// Lies where the data of other devices begins, at 4 MiB, in one sector. Mirrors `l2arc_dev_hdr_phys_t`
/// (`include/sys/arc_impl.h`).
package struct L2ARCHeader: Sendable, Hashable {
    package let checksum: LabelChecksum
    package let order: ByteOrder
    /// `dh_version`; 1 is the only one.
    package let version: UInt64
    package let poolGUID: GUID
    package let vdevGUID: GUID
    /// How many entries a log block holds.
    package let logEntries: UInt64
    /// Up to here, in bytes on the device, the cache has been evicted.
    package let evict: UInt64
    /// `dh_flags`: bit 0, the eviction hand has wrapped and is before the writing hand.
    package let flags: UInt64
    /// The range of the device that the cache uses, in bytes.
    package let start: UInt64
    package let end: UInt64
    /// The newest log block and the one before it; each points on to the last but one.
    package let logPointers: [L2ARCLogPointer]
    /// The bytes that all log blocks take.
    package let logBlockSize: UInt64
    package let logBlockCount: UInt64
    /// When the device was last trimmed, in seconds since 1970.
    package let trimTime: UInt64
    package let trimState: UInt64

    /// Where the header lies on every device, in bytes (`VDEV_LABEL_START_SIZE`).
    package static let offset: UInt64 = 4 << 20

    /// Decodes the sector `bytes`, which lies at byte `offset` of its device.
    package init(_ bytes: RawSpan, at offset: UInt64 = offset) throws(FormatError) {
        let magic: UInt64 = try Layout.magic.read(bytes, .little)
        switch magic {
        case Layout.magicNumber: order = .little
        case Layout.magicNumber.byteSwapped: order = .big
        default: throw FormatError(Layout.magic.name, .badMagic(magic))
        }
        checksum = LabelChecksum(bytes, at: offset)
        version = try Layout.version.read(bytes, order)
        poolGUID = GUID(try Layout.poolGUID.read(bytes, order))
        vdevGUID = GUID(try Layout.vdevGUID.read(bytes, order))
        logEntries = try Layout.logEntries.read(bytes, order)
        evict = try Layout.evict.read(bytes, order)
        flags = try Layout.flags.read(bytes, order)
        start = try Layout.start.read(bytes, order)
        end = try Layout.end.read(bytes, order)
        var pointers: [L2ARCLogPointer] = []
        for index in 0..<2 {
            pointers.append(
                try L2ARCLogPointer(
                    bytes, at: Layout.logPointers + index * L2ARCLogPointer.byteCount, order))
        }
        logPointers = pointers
        logBlockSize = try Layout.logBlockSize.read(bytes, order)
        logBlockCount = try Layout.logBlockCount.read(bytes, order)
        trimTime = try Layout.trimTime.read(bytes, order)
        trimState = try Layout.trimState.read(bytes, order)
    }

    /// Reads the header of `device`, trying each sector size for a right checksum; nil where there is
    /// no header.
    package static func read(_ device: any BlockDevice) throws(DeviceError) -> L2ARCHeader? {
        let largest = 16 << 10
        guard device.byteCount >= offset + UInt64(largest) else { return nil }
        let bytes = try device.read(at: offset, count: largest)
        var found: L2ARCHeader?
        for shift in 9...14 {
            let header = try? L2ARCHeader(bytes.rawBytes.extracting(first: 1 << shift))
            if let header, header.checksum.isValid { return header }
            if found == nil { found = header }
        }
        return found
    }
}
