import Devices

/// What every device of a pool has at its front and its end, apart from the space that is handed out.
///
/// Mirrors `vdev_label_offset` (`module/zfs/vdev_label.c`).
package enum DevicePart: String, Sendable {
    case label0 = "label 0"
    case label1 = "label 1"
    case boot = "the boot area"
    case label2 = "label 2"
    case label3 = "label 3"

    private static let labelSize: UInt64 = 256 << 10

    /// The part that byte `offset` of a device belongs to; nil for space that is handed out. The end of a device that is
    /// not there is not known.
    package init?(at offset: UInt64, of leaf: Leaf) {
        let size = Self.labelSize
        if offset < Leaf.dataStart {
            self = offset < size ? .label0 : offset < 2 * size ? .label1 : .boot
            return
        }
        guard let count = leaf.device?.byteCount else { return nil }
        // Labels begin at a whole multiple of their size.
        let end = count / size * size
        guard end >= 2 * size, offset >= end - 2 * size else { return nil }
        self = offset < end - size ? .label2 : .label3
    }
}
