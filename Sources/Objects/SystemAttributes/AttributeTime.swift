/// A time of a file: seconds since 1970, before it negative, and nanoseconds.
package struct AttributeTime: Sendable, Hashable {
    package let seconds: Int64
    package let nanoseconds: Int64

    package init(seconds: Int64, nanoseconds: Int64) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }
}
