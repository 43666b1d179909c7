/// A read past the end of the bytes at hand.
package struct OutOfBounds: Error, Hashable {
    /// Where the read would have begun, in bytes from the start of the structure.
    package let offset: Int
    /// How many bytes were asked for.
    package let count: Int
    /// How many bytes there are in all.
    package let available: Int

    package init(offset: Int, count: Int, available: Int) {
        self.offset = offset
        self.count = count
        self.available = available
    }
}

extension OutOfBounds: CustomStringConvertible {
    package var description: String {
        "bytes \(offset)..<\(offset.addingReportingOverflow(count).partialValue) of \(available)"
    }
}
