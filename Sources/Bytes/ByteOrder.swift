/// The order in which the host that wrote a structure stored the bytes of its integers.
///
/// ZFS writes in its host's own order and says in each block pointer, label or magic number which one
/// that was, so one pool can hold both. Mirrors `ZFS_HOST_BYTEORDER` (`include/sys/spa.h`).
@usableFromInline
@frozen package enum ByteOrder: Sendable, Hashable, CaseIterable {
    case little
    case big

    /// `value`, as loaded in this machine's order, turned into the number that was meant.
    @inlinable
    package func native<Value: FixedWidthInteger>(_ value: Value) -> Value {
        switch self {
        case .little: Value(littleEndian: value)
        case .big: Value(bigEndian: value)
        }
    }

    /// This machine's.
    package static var host: ByteOrder { UInt16(1).littleEndian == 1 ? .little : .big }

    /// The other order.
    package var swapped: ByteOrder { self == .little ? .big : .little }
}

extension ByteOrder: CustomStringConvertible {
    @usableFromInline package var description: String {
        self == .little ? "little-endian" : "big-endian"
    }
}
