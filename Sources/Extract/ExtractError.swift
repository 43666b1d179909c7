package import Datasets
package import Devices
package import Files

/// An extraction can't go on, or did not begin.
///
/// What concerns one file is no error but stands in the manifest; these end the whole.
package enum ExtractError: Error, Hashable, Sendable {
    /// The source can't be read at all.
    case files(FilesError)
    case pool(PoolError)
    /// The target can't be written: full, read-only, no permission.
    case output(DeviceError)
    /// The target holds something else; a sentence says what, and what can be done.
    case occupied(String)
    /// The user ended it.
    case cancelled
}

extension ExtractError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .files(let error): "\(error)"
        case .pool(let error): "\(error)"
        case .output(let error):
            error.isFullTarget
                ? "\(error); run it again when there is room, and it goes on where it stopped"
                : "\(error)"
        case .occupied(let what): what
        case .cancelled: "cancelled; run it again to go on where it stopped"
        }
    }
}
