package import Objects

/// What a dataset holds.
package enum DatasetContents: Sendable {
    case filesystem(Filesystem)
    case volume(Volume, ObjectSet)
    /// The meta object set, or a kind that this version does not know.
    case other(ObjectSet)

    package var objectSet: ObjectSet {
        switch self {
        case .filesystem(let filesystem): filesystem.objectSet
        case .volume(_, let set), .other(let set): set
        }
    }

    /// Opens an object set by its kind; throws where the structures of that kind can't be read.
    package init(_ set: ObjectSet) throws(FilesError) {
        switch set.type {
        case .filesystem: self = .filesystem(try Filesystem(set))
        case .volume: self = .volume(try Volume(set), set)
        default: self = .other(set)
        }
    }
}

extension DatasetContents: CustomStringConvertible {
    package var description: String {
        switch self {
        case .filesystem: "filesystem"
        case .volume: "volume"
        case .other(let set): "\(set.type)"
        }
    }
}
