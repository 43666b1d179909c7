/// What OpenZFS does when it unpacks a list in the native encoding: it takes each pair as it stands, believes nothing that
/// contradicts itself, and gives the whole list up at the first pair that does.
///
/// Mirrors `nvs_decode_pairs`, `nvs_native_nvp_op` and `i_validate_nvpair` (`module/nvpair/nvpair.c`).
struct NVUnpacking {
    private let bytes: [UInt8]
    private let order: ByteOrder
    private var cursor = 4
    private var path: [String] = []

    /// `NVP_SIZE_CALC(1, 0)`: less than any pair takes.
    private static let smallestPair = 24
    /// `nvpair_max_recursion` in the kernel.
    private static let deepest = 20

    /// A pair's header.
    private struct Header {
        let start: Int
        let size: Int
        let nameSize: Int
        let count: Int
        let type: NVType
        var end: Int { start + size }
        var valueOffset: Int { start + NVUnpacking.aligned(16 + nameSize) }
        /// What the header leaves for the value.
        var room: Int { end - valueOffset }
    }

    init(_ bytes: RawSpan, _ order: ByteOrder) {
        self.bytes = bytes.array
        self.order = order
    }

    /// Throws where OpenZFS would.
    mutating func run() throws(NVRefusal) {
        guard bytes.count >= cursor + 8 else { throw refusal(cursor, "the list has no header") }
        cursor += 8
        try pairs(depth: 0)
    }

    private static func aligned(_ count: Int) -> Int { (count + 7) / 8 * 8 }

    private func refusal(
        _ offset: Int, _ why: String, _ errorName: String = "EFAULT"
    ) -> NVRefusal {
        let name = path.reduce(into: "") { text, part in
            text += text.isEmpty || part.hasPrefix("[") ? part : "." + part
        }
        return NVRefusal(errorName: errorName, byteOffset: offset, path: name, why: why)
    }

    private func integer<Value: FixedWidthInteger & BitwiseCopyable>(
        _ offset: Int, as type: Value.Type
    ) throws(NVRefusal) -> Value {
        do {
            return try bytes.rawBytes.integer(at: offset, order, as: type)
        } catch {
            throw refusal(offset, "the list stops in the middle of a pair")
        }
    }

    private mutating func pairs(depth: Int) throws(NVRefusal) {
        while true {
            let size = Int(try integer(cursor, as: Int32.self))
            guard size >= 0, size <= bytes.count - cursor else {
                throw refusal(
                    cursor,
                    "a pair says that it takes \(size) bytes, and \(bytes.count - cursor) are left")
            }
            if size == 0 {
                cursor += 4
                return
            }
            let header = try header(size)
            cursor = header.end
            try value(header, depth: depth)
            path.removeLast()
        }
    }

    private mutating func header(_ size: Int) throws(NVRefusal) -> Header {
        guard size >= Self.smallestPair else {
            throw refusal(cursor, "a pair says that it takes \(size) bytes, less than any can")
        }
        let header = Header(
            start: cursor, size: size, nameSize: Int(try integer(cursor + 4, as: Int16.self)),
            count: Int(try integer(cursor + 8, as: Int32.self)),
            type: NVType(rawValue: try integer(cursor + 12, as: Int32.self)))
        guard header.nameSize > 0, header.room >= 0 else {
            throw refusal(cursor, "the name of a pair takes \(header.nameSize) bytes of \(size)")
        }
        let name = bytes[cursor + 16..<cursor + 16 + header.nameSize]
        path.append(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
        guard name.firstIndex(of: 0) == name.endIndex - 1 else {
            throw refusal(
                cursor + 16,
                name.last == 0
                    ? "its name has a NUL before its end" : "its name has no NUL at its end")
        }
        return header
    }

    /// One value, whose header is right; lists inside it follow at the cursor.
    private mutating func value(_ header: Header, depth: Int) throws(NVRefusal) {
        guard header.type.isKnown, header.type != .double, header.type.allows(count: header.count)
        else {
            throw refusal(
                header.start, "it is of type \(header.type) with \(header.count) elements")
        }
        let fixed = try fixedSize(header)
        guard Self.aligned(fixed) <= header.room else {
            throw refusal(
                header.start,
                "its value needs \(fixed) bytes, and its size leaves \(header.room)")
        }
        let size: Int
        switch header.type {
        case .list: size = try lists(header, 1, at: header.valueOffset, depth: depth)
        case .listArray:
            size = try lists(
                header, header.count, at: header.valueOffset + header.count * 8, depth: depth)
        case .string: size = try string(header, at: header.valueOffset)
        case .stringArray: size = try strings(header)
        case .booleanValue, .booleanArray: size = try booleans(header)
        default: size = fixed
        }
        guard Self.aligned(size) == header.room else {
            throw refusal(
                header.start,
                header.type == .string || header.type == .stringArray
                    ? "its text ends after \(size) bytes at a NUL, and it is stored with room for \(header.room)"
                    : "its value takes \(size) bytes, and it is stored with room for \(header.room)"
            )
        }
    }

    /// What the value takes without its strings, in bytes.
    private func fixedSize(_ header: Header) throws(NVRefusal) -> Int {
        let element =
            switch header.type {
            case .boolean, .string: 0
            case .byte, .int8, .uint8, .byteArray, .int8Array, .uint8Array: 1
            case .int16, .uint16, .int16Array, .uint16Array: 2
            case .booleanValue, .booleanArray, .int32, .uint32, .int32Array, .uint32Array: 4
            case .list: 24
            case .listArray: 32
            default: 8
            }
        let (size, overflow) = element.multipliedReportingOverflow(by: max(1, header.count))
        guard !overflow, size <= Int32.max else {
            throw refusal(header.start, "it has \(header.count) elements")
        }
        return header.type.isArray && header.count == 0 ? 0 : size
    }

    private mutating func lists(
        _ header: Header, _ count: Int, at start: Int, depth: Int
    ) throws(NVRefusal) -> Int {
        for index in 0..<count {
            if header.type == .listArray { path.append("[\(index)]") }
            let version = try integer(start + index * 24, as: Int32.self)
            guard version == 0 else {
                throw refusal(start + index * 24, "the list is of version \(version)", "ENOTSUP")
            }
            guard depth < Self.deepest else {
                throw refusal(
                    header.start, "lists are nested deeper than \(Self.deepest)", "EINVAL")
            }
            try pairs(depth: depth + 1)
            if header.type == .listArray { path.removeLast() }
        }
        return header.type == .list ? 24 : count * 32
    }

    private func string(_ header: Header, at start: Int) throws(NVRefusal) -> Int {
        guard let end = bytes[start..<header.end].firstIndex(of: 0) else {
            throw refusal(start, "its text has no NUL at its end")
        }
        return end - start + 1
    }

    private func strings(_ header: Header) throws(NVRefusal) -> Int {
        var start = header.valueOffset + header.count * 8
        for _ in 0..<header.count { start += try string(header, at: start) }
        return start - header.valueOffset
    }

    private func booleans(_ header: Header) throws(NVRefusal) -> Int {
        for index in 0..<max(0, header.count) {
            let word = try integer(header.valueOffset + index * 4, as: UInt32.self)
            guard word <= 1 else {
                throw refusal(header.start, "\(word) is stored as yes or no")
            }
        }
        return header.count * 4
    }
}

extension NVList {
    /// What keeps OpenZFS from unpacking a list, for a machine of the little byte order; nil where it would take it.
    ///
    /// Of the XDR encoding only the header is judged.
    package static func refusal(_ bytes: RawSpan) -> NVRefusal? {
        let encoding = try? Layout.encoding.read(bytes, .little)
        let endian = try? Layout.endian.read(bytes, .little)
        func header(_ errorName: String, _ why: String) -> NVRefusal {
            NVRefusal(errorName: errorName, byteOffset: 0, path: "", why: why)
        }
        guard let encoding, let endian, bytes.byteCount >= 4 else {
            return header("EINVAL", "it is shorter than the header of a list")
        }
        guard let known = NVEncoding(rawValue: encoding) else {
            return header("ENOTSUP", "\(encoding) is no encoding of a list")
        }
        guard known == .native else { return nil }
        guard endian == 1 else {
            return header(
                "ENOTSUP",
                "it is packed in the native encoding of a machine of the other byte order")
        }
        var unpacking = NVUnpacking(bytes, .little)
        do throws(NVRefusal) {
            try unpacking.run()
            return nil
        } catch {
            return error
        }
    }
}
