/// The four parts of a label, and where each lies in its 256 KiB.
///
/// Mirrors `vdev_label_t` (`include/sys/vdev_impl.h`).
package enum LabelPart: CaseIterable, Sendable {
    /// Left free for disk labels of the operating system (`vl_pad1`).
    case pad
    /// The boot loader's environment (`vl_be`).
    case bootEnvironment
    /// The configuration (`vl_vdev_phys`).
    case config
    /// `vl_uberblock`.
    case uberblockRing

    /// The size of a whole label in bytes.
    package static let labelSize = 256 << 10
    /// How many labels a device has: two at its start and two at its end (`VDEV_LABELS`).
    package static let labelCount = 4

    /// In bytes from the start of the label.
    package var range: Range<Int> {
        switch self {
        case .pad: 0..<8 << 10
        case .bootEnvironment: 8 << 10..<16 << 10
        case .config: 16 << 10..<128 << 10
        case .uberblockRing: 128 << 10..<256 << 10
        }
    }

    /// Where label `index` begins on a device of `deviceSize` bytes; nil where the device is too small to
    /// have it.
    ///
    /// The two at the end count from the size rounded down to a whole label. Mirrors
    /// `vdev_label_offset` (`vdev_label.c`).
    package static func labelOffset(_ index: Int, deviceSize: UInt64) -> UInt64? {
        let size = UInt64(labelSize)
        guard index >= 0, index < labelCount else { return nil }
        // Sound: index is below four, and the device holds what is subtracted.
        if index < labelCount / 2 {
            let offset = UInt64(index) * size
            return deviceSize >= offset + size ? offset : nil
        }
        let aligned = deviceSize / size * size
        guard aligned >= UInt64(labelCount) * size else { return nil }
        return aligned - UInt64(labelCount - index) * size
    }
}
