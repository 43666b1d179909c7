package import Bytes
package import Devices
package import Objects
package import Vdevs

/// A pool, or a part of it, can't be opened or read.
package enum PoolError: Error, Hashable, Sendable {
    case device(DeviceError)
    case vdev(VdevError)
    case object(ObjectError)
    /// The bytes of a structure were read but are not what they must be; the object's number in the MOS.
    case format(object: UInt64?, FormatError)
    /// Nothing at that place is a pool; one sentence says what was found instead.
    case notAPool(String)
    /// The pool is of a version that no known ZFS can read.
    case version(UInt64)
    /// No uberblock leads to a MOS that can be read; one cause for each that was tried.
    case noUberblock([String])
    /// The pool has no dataset of that name or number; with the names that come near.
    case noSuchDataset(String, near: [String] = [])
    /// The pool does not have what was asked for; a sentence says so.
    case absent(String)
    /// The key that was given opens no key object of its encryption root; a sentence says more.
    case wrongKey(String)
    /// What was given is no key of the form that the dataset asks for; a sentence says why.
    case badKey(String)
    /// A key object, by its number in the MOS, is damaged; half a sentence that follows "the key object".
    case damagedKey(UInt64, String)
    /// A file of our own, such as an overlay or an undo log, can't be used; a sentence says why.
    case ownFile(String)
    /// Whoever was asked for a key ended the command.
    case cancelled
}

extension PoolError: CustomStringConvertible {
    /// A pool has dozens of uberblocks; what stands in the way of the newest says enough.
    private static let causeLimit = 2

    package var description: String {
        switch self {
        case .device(let error): "\(error)"
        case .vdev(let error): "\(error)"
        case .object(let error): "\(error)"
        case .format(let object, let error):
            object.map { "object \($0) of the MOS: \(error)" } ?? "\(error)"
        case .notAPool(let what): what
        case .version(let version):
            "the pool's version is \(version); versions 1 to 28 and 5000 exist"
        case .noUberblock(let causes):
            causes.isEmpty
                ? "the pool has no uberblock"
                : "no uberblock leads to a readable pool: "
                    + causes.prefix(Self.causeLimit).joined(separator: "; ")
                    + (causes.count > Self.causeLimit
                        ? "; and \(causes.count - Self.causeLimit) causes more" : "")
        case .noSuchDataset(let name, let near):
            "the pool has no dataset \(name)"
                + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?")
        case .absent(let what): what
        case .wrongKey(let what): what
        case .badKey(let what): what
        case .ownFile(let what): what
        case .damagedKey(let object, let what): "the key object \(object) of the MOS \(what)"
        case .cancelled: "cancelled"
        }
    }
}
