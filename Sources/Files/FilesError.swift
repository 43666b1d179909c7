package import Datasets
package import Objects

/// A file, directory, volume or key could not be had, and why.
package struct FilesError: Error, Hashable, Sendable {
    /// The path that failed: the one that was asked for, or as much of it as leads to the cause.
    package let path: String?
    package let reason: Reason

    package enum Reason: Hashable, Sendable {
        /// An object on the way can't be read.
        case object(ObjectError)
        /// The dataset can't be found or opened.
        case pool(PoolError)
        /// The dataset has no object set yet.
        case neverWritten
        /// The object set holds something else; the text says what.
        case notFilesystem(String)
        case notVolume(String)
        /// No entry of that name, given with the directory's path.
        case noEntry(name: String, directory: String)
        /// A path goes on below something that is no directory; the text says what it is.
        case notDirectory(String)
        /// A symlink leads to a path of the machine it was made on.
        case leadsOut(String)
        /// The object has no attributes, so it is no file.
        case notFile(UInt64)
        /// A file of another kind than was asked for.
        case wrongKind(expected: String, found: String)
        /// A limit that guards against hostile data was reached; half a sentence says which.
        case limit(String)
        /// The bytes were read but are not what they must be.
        case damaged(String)
        /// The dataset is encrypted and no key was given for it.
        case noKey
    }

    package init(_ reason: Reason, path: String? = nil) {
        self.reason = reason
        self.path = path
    }

    /// The same error with the path that failed.
    package func at(_ path: String) -> FilesError { FilesError(reason, path: path) }
}

extension FilesError: CustomStringConvertible {
    package var description: String {
        path.map { "\($0): \(reason)" } ?? "\(reason)"
    }
}

extension FilesError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .object(let error): "\(error)"
        case .pool(let error): "\(error)"
        case .neverWritten: "the dataset has no contents: it was never mounted or written"
        case .notFilesystem(let found): "the dataset is no file system but \(found)"
        case .notVolume(let found): "the dataset is no volume but \(found)"
        case .noEntry(let name, let directory): "there is no \(name) in \(directory)"
        case .notDirectory(let found):
            "it is no directory but a \(found), so nothing lies below it"
        case .leadsOut(let target):
            "it is a symlink that leads out of the file system, to \(target)"
        case .notFile(let object): "object \(object) is no file"
        case .wrongKind(let expected, let found): "it is a \(found), not a \(expected)"
        case .limit(let what): what
        case .damaged(let what): what
        case .noKey: "the dataset is encrypted and no key was given for it"
        }
    }
}
