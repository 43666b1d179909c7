/// Where a property's value comes from, as the last column of zfs-get(8) says.
package enum PropertySource: Sendable, Hashable, CustomStringConvertible {
    /// Set on the dataset itself.
    case local
    /// Set by the stream that the dataset was received from.
    case received
    /// Set on the dataset of that name, above this one.
    case inherited(from: String)
    /// Set nowhere.
    case standard
    /// Not set but counted or known otherwise.
    case computed

    package var description: String {
        switch self {
        case .local: "local"
        case .received: "received"
        case .inherited(let name): "inherited from \(name)"
        case .standard: "default"
        case .computed: "-"
        }
    }
}
