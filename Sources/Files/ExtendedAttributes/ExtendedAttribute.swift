/// A named value that a program attached to a file.
package struct ExtendedAttribute: Sendable, Hashable {
    /// As Linux shows it, with its namespace: `user.color`.
    package let name: FileName
    package let value: [UInt8]
    package let place: Place

    /// Where it is stored.
    package enum Place: Sendable, Hashable {
        /// In the list that is one of the file's system attributes.
        case systemAttribute
        /// A file in the file's own directory of attributes.
        case file(UInt64)
    }

    package init(name: FileName, value: [UInt8], place: Place) {
        self.name = name
        self.value = value
        self.place = place
    }
}
