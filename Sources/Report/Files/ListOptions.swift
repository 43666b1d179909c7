/// How a listing of files is shown.
package struct ListOptions: Sendable {
    /// A line of attributes for each file.
    package var isLong = false
    package var isRecursive = false
    /// Directories themselves, not what is in them.
    package var showsDirectories = false
    /// The entries `.` and `..` too.
    package var showsDots = false
    /// The object's number in front.
    package var showsObjects = false
    /// Sizes as plain numbers of bytes.
    package var showsBytes = false
    /// A character behind the name that tells what it is: `/`, `@`, `*`, `|`, `=`.
    package var isClassified = false
    package var order = Order.name
    package var isReversed = false
    /// How many threads read.
    package var threads = 1

    package enum Order: String, Sendable, CaseIterable {
        case name
        /// The newest first.
        case time
        /// The biggest first.
        case size
    }

    package init() {}

    /// Whether every file's attributes have to be read.
    func needsAttributes(isJSON: Bool) -> Bool { isLong || isJSON || order != .name }
}
