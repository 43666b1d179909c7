package import Bytes

/// Why a pool cannot be imported, or not without more ado.
package enum ImportObstacle: Sendable, Hashable {
    /// More devices of these top-level vdevs are missing than redundancy covers.
    case devicesMissing(vdevs: [String])
    /// No label at hand describes the top-level vdevs of these numbers.
    case vdevsUnknown([UInt64])
    /// Log devices are missing; what they held of the last writes would be given up.
    case logMissing(vdevs: [String])
    case version(UInt64)
    /// Features, by GUID, that a reader must know and no ZFS known here has.
    case unknownFeatures([String])
    /// No device at hand holds an uberblock that its checksum confirms.
    case noUberblock
    case destroyed
    /// The pool was not exported, so another system may be using it.
    case notExported(hostname: String?, hostID: UInt64?)
    /// Other pools that were found have the same name.
    case sameName([GUID])

    /// Whether no option of `zpool import` helps.
    package var isFinal: Bool {
        switch self {
        case .devicesMissing, .vdevsUnknown, .version, .unknownFeatures, .noUberblock: true
        case .logMissing, .destroyed, .notExported, .sameName: false
        }
    }
}

extension ImportObstacle: CustomStringConvertible {
    /// A sentence without its full stop: the cause, and where something can be done, what.
    package var description: String {
        switch self {
        case .devicesMissing(let vdevs):
            "too many devices are missing from \(Self.joined(vdevs)): bring them back"
        case .vdevsUnknown(let ids):
            "no device found belongs to top-level vdev \(Self.joined(ids.map(String.init)))"
        case .logMissing(let vdevs):
            "the log device \(Self.joined(vdevs)) is missing: zpool import -m gives up the last "
                + "writes that only it holds"
        case .version(let version):
            "the pool's version is \(version), and no ZFS known here goes beyond 5000"
        case .unknownFeatures(let features):
            "the pool uses features that no ZFS known here can read: \(Self.joined(features))"
        case .noUberblock: "no device found holds a valid uberblock"
        case .destroyed: "the pool was destroyed: zpool import -D brings it back"
        case .notExported(let hostname, let hostID):
            "the pool was not exported" + Self.host(hostname, hostID)
                + ": zpool import -f takes it, if no other system uses it"
        case .sameName(let guids):
            "another pool has the same name (GUID \(Self.joined(guids.map(\.description)))): "
                + "use the GUID instead of the name"
        }
    }

    private static func host(_ name: String?, _ id: UInt64?) -> String {
        guard name != nil || id != nil else { return "" }
        let number = id.map { " (hostid \(String($0, radix: 16)))" } ?? ""
        return " by the host that last used it, \(name ?? "of unknown name")\(number)"
    }

    private static func joined(_ items: [String]) -> String { items.joined(separator: ", ") }
}
