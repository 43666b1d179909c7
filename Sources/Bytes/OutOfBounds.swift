/// A read past the end of the bytes at hand.
@usableFromInline
package struct OutOfBounds: Error, Hashable {
    /// Where the read would have begun, in bytes from the start of the structure.
    @usableFromInline package let offset: Int
    /// How many bytes were asked for.
    @usableFromInline package let count: Int
    /// How many bytes there are in all.
    @usableFromInline package let available: Int

    @usableFromInline
    package init(offset: Int, count: Int, available: Int) {
        self.offset = offset
        self.count = count
        self.available = available
    }
}

extension OutOfBounds: CustomStringConvertible {
    @usableFromInline package var description: String {
        "bytes \(offset)..<\(offset.addingReportingOverflow(count).partialValue) of \(available)"
    }
}
