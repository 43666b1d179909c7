/// The name of a directory entry: bytes, since a file system need not enforce any encoding.
package struct FileName: Sendable, Hashable {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }
    package init(_ bytes: ArraySlice<UInt8>) { self.bytes = [UInt8](bytes) }
    package init(_ text: String) { bytes = Array(text.utf8) }

    /// The name as text, nil where it is not UTF-8.
    package var text: String? { String(validating: bytes, as: UTF8.self) }

    /// Whether it can name something below a directory: not empty, not `.` or `..`, no slash, no NUL.
    package var isSafe: Bool {
        guard !bytes.isEmpty, bytes != [0x2e], bytes != [0x2e, 0x2e] else { return false }
        return !bytes.contains(0) && !bytes.contains(0x2f)
    }
}

extension FileName: CustomStringConvertible {
    /// The text; each byte that is not part of UTF-8 is written `\xNN`.
    package var description: String {
        if let text { return text }
        var out = ""
        var parser = UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var rest = bytes[...]
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .emptyInput: return out
            case .valid(let encoded):
                out.unicodeScalars.append(UTF8.decode(encoded))
                rest = rest.dropFirst(encoded.count)
            case .error(let length):
                for byte in rest.prefix(length) {
                    out += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }
                rest = rest.dropFirst(length)
            }
        }
    }
}

extension FileName: Comparable {
    /// Byte by byte, the same everywhere.
    package static func < (left: Self, right: Self) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
