package import Bytes
package import Devices

/// One of the four labels of a device: boot environment, configuration and uberblock ring.
///
/// Mirrors `vdev_label_t` (`include/sys/vdev_impl.h`).
package struct Label: Sendable, Hashable {
    /// 0 and 1 at the start of the device, 2 and 3 at its end.
    package let index: Int
    /// On the device, in bytes.
    package let offset: UInt64
    /// Whether the pad in front is all zeros; an operating system may keep a disk label there.
    package let isPadEmpty: Bool
    package let bootEnvironment: BootEnvironment
    package let config: LabelConfig
    package let ring: UberblockRing

    /// Decodes the 256 KiB of label `index`, which lie at byte `offset` of the device.
    package init(_ bytes: RawSpan, index: Int, at offset: UInt64) throws(FormatError) {
        self.index = index
        self.offset = offset
        guard bytes.byteCount >= LabelPart.labelSize else {
            let missing = OutOfBounds(
                offset: 0, count: LabelPart.labelSize, available: bytes.byteCount)
            throw FormatError("vdev_label_t", .outOfBounds(missing))
        }
        isPadEmpty = bytes.extracting(LabelPart.pad.range).isAllZero
        bootEnvironment = BootEnvironment(
            bytes.extracting(LabelPart.bootEnvironment.range),
            at: Self.place(.bootEnvironment, offset))
        config = LabelConfig(
            bytes.extracting(LabelPart.config.range), at: Self.place(.config, offset))
        ring = UberblockRing(
            bytes.extracting(LabelPart.uberblockRing.range), at: Self.place(.uberblockRing, offset),
            ashift: Self.ashift(config.list))
    }

    /// Reads label `index` at byte `offset` of `device`.
    package static func read(
        _ device: any BlockDevice, index: Int, at offset: UInt64
    ) throws(DeviceError) -> Label? {
        let bytes = try device.read(at: offset, count: LabelPart.labelSize)
        return try? Label(bytes.rawBytes, index: index, at: offset)
    }

    /// Nothing was ever written here: no configuration and no uberblock.
    package var isEmpty: Bool {
        config.contents == .empty && ring.slots.allSatisfy(\.isEmpty)
    }

    /// The ashift that the configuration tells: of its top-level vdev, or of a cache device itself.
    static func ashift(_ list: NVList?) -> UInt64? {
        list?.list(ConfigKey.vdevTree)?.uint64(ConfigKey.ashift) ?? list?.uint64(ConfigKey.ashift)
    }

    /// Where a part lies on the device. Sound: a device ends long before 2^63 bytes.
    private static func place(_ part: LabelPart, _ offset: UInt64) -> UInt64 {
        offset &+ UInt64(part.range.lowerBound)
    }
}
