import Bytes

/// Something other than a pool that a device or file holds, known by the marks it bears.
package struct ForeignFormat: Sendable, Hashable {
    /// With its article, as a sentence says it: `an XFS file system`.
    package let name: String
    /// What to do to get at a pool that may be inside; nil where none can be.
    package let advice: String?
    /// All of these must be there.
    let marks: [Mark]

    /// Bytes at a fixed place.
    struct Mark: Sendable, Hashable {
        /// From the start of the device.
        let offset: Int
        let bytes: [UInt8]

        init(_ offset: Int, _ bytes: [UInt8]) {
            self.offset = offset
            self.bytes = bytes
        }

        init(_ offset: Int, _ text: String) { self.init(offset, Array(text.utf8)) }
    }

    init(_ name: String, _ marks: Mark..., advice: String? = nil) {
        self.name = name
        self.marks = marks
        self.advice = advice
    }

    /// So many bytes from the start of a device hold all marks.
    static let reach = 72 << 10

    /// The format whose marks `head` bears, the first bytes of a device.
    package static func recognise(_ head: [UInt8]) -> ForeignFormat? {
        all.first { format in
            format.marks.allSatisfy { mark in
                head.count >= mark.bytes.count && mark.offset <= head.count - mark.bytes.count
                    && head[mark.offset..<mark.offset + mark.bytes.count].elementsEqual(mark.bytes)
            }
        }
    }
}
