/// Something of a file system that is not as it must be, though the rest can be read.
package struct FilesProblem: Sendable, Hashable {
    /// The object that it is about, where it is about one.
    package let object: UInt64?
    /// A sentence without a full stop.
    package let what: String

    package init(object: UInt64?, _ what: String) {
        self.object = object
        self.what = what
    }
}

extension FilesProblem: CustomStringConvertible {
    package var description: String { object.map { "object \($0): \(what)" } ?? what }
}
