/// What a file is: the type bits of its mode, which directory entries repeat.
///
/// The raw values are those of `S_IFMT` shifted by 12 (`IFTODT`), which are also the `DT_*` numbers.
package struct FileKind: RawRepresentable, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue & 15 }

    package init(mode: UInt64) {
        self.init(rawValue: UInt8(truncatingIfNeeded: mode >> 12))
    }

    package static let unknown = FileKind(rawValue: 0)
    package static let fifo = FileKind(rawValue: 1)
    package static let characterDevice = FileKind(rawValue: 2)
    package static let directory = FileKind(rawValue: 4)
    package static let blockDevice = FileKind(rawValue: 6)
    package static let regular = FileKind(rawValue: 8)
    package static let symlink = FileKind(rawValue: 10)
    package static let socket = FileKind(rawValue: 12)
    package static let door = FileKind(rawValue: 13)
    package static let eventPort = FileKind(rawValue: 14)

    package var isDevice: Bool { self == .characterDevice || self == .blockDevice }

    /// The first character of a long listing.
    package var letter: Character {
        switch self {
        case .fifo: "p"
        case .characterDevice: "c"
        case .directory: "d"
        case .blockDevice: "b"
        case .regular: "-"
        case .symlink: "l"
        case .socket: "s"
        case .door: "D"
        case .eventPort: "P"
        default: "?"
        }
    }
}

extension FileKind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .fifo: "fifo"
        case .characterDevice: "character device"
        case .directory: "directory"
        case .blockDevice: "block device"
        case .regular: "file"
        case .symlink: "symlink"
        case .socket: "socket"
        case .door: "door"
        case .eventPort: "event port"
        default: "unknown type \(rawValue)"
        }
    }
}
