/// A string of an nvlist, kept as the bytes that were stored.
///
/// A damaged string can hold a NUL in its middle or bytes that are no UTF-8, and a list that is written
/// back must not change them.
package struct NVString: Hashable, Sendable, CustomStringConvertible {
    /// Without the terminating NUL.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }
    package init(_ text: String) { bytes = Array(text.utf8) }

    /// The text; what is no UTF-8 shows as U+FFFD.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
    package var description: String { text }
}

extension NVString: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}
