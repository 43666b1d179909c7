/// What stands in front of a pair's value in a packed list: sizes, name, type and element count.
struct NVPairHeader {
    /// Fewer bytes than any pair takes, in either encoding.
    static let smallestSize = 20
    /// The longest name that is believed; ZFS allows 32767 bytes and uses far fewer.
    static let nameLimit = 4096

    /// Where the pair begins, in bytes from the start of the packed list.
    let offset: Int
    let name: NVString
    let type: NVType
    /// `nvp_value_elem`; negative when damaged.
    let count: Int
    let valueOffset: Int
    /// The stored size of the packed pair; in the native encoding without the lists nested in it.
    let packedSize: Int
    /// The stored size of the pair in memory (`nvp_size`); the same number in the native encoding.
    let memorySize: Int

    /// Where the pair ends according to its stored size.
    var declaredEnd: Int { offset.addingReportingOverflow(packedSize).partialValue }

    /// The header of the pair at `offset`; throws where no pair can be.
    init(
        _ bytes: RawSpan, at offset: Int, _ encoding: NVEncoding, _ order: ByteOrder
    ) throws(NVFailure) {
        do {
            switch encoding {
            case .xdr:
                let nameCount: Int32 = try bytes.integer(at: offset + 8, .big)
                name = try Self.name(bytes, at: offset + 12, count: Int(nameCount))
                let typeOffset = offset + 12 + (name.bytes.count + 3) / 4 * 4
                self.offset = offset
                packedSize = Int(try bytes.integer(at: offset, .big, as: Int32.self))
                memorySize = Int(try bytes.integer(at: offset + 4, .big, as: Int32.self))
                type = NVType(rawValue: try bytes.integer(at: typeOffset, .big))
                count = Int(try bytes.integer(at: typeOffset + 4, .big, as: Int32.self))
                valueOffset = typeOffset + 8
            case .native:
                let nameCount: Int16 = try bytes.integer(at: offset + 4, order)
                name = try Self.name(bytes, at: offset + 16, count: Int(nameCount) - 1)
                self.offset = offset
                packedSize = Int(try bytes.integer(at: offset, order, as: Int32.self))
                memorySize = packedSize
                type = NVType(rawValue: try bytes.integer(at: offset + 12, order))
                count = Int(try bytes.integer(at: offset + 8, order, as: Int32.self))
                valueOffset = offset + NVPair.memoryHeaderSize(nameByteCount: name.bytes.count)
            }
        } catch {
            throw NVFailure(offset, .badName("does not fit into the list"))
        }
        guard Self.isClean(name) || isStrict(within: bytes.byteCount, encoding) else {
            throw NVFailure(offset, .badName("is not text"))
        }
    }

    private static func name(
        _ bytes: RawSpan, at offset: Int, count: Int
    ) throws(OutOfBounds) -> NVString {
        guard count > 0, count <= nameLimit else {
            throw OutOfBounds(offset: offset, count: count, available: bytes.byteCount)
        }
        return NVString(bytes: try bytes.slice(at: offset, count: count).array)
    }

    /// Whether the name holds no control characters; ZFS uses none.
    static func isClean(_ name: NVString) -> Bool {
        !name.bytes.contains { $0 < 0x20 || $0 == 0x7f }
    }

    /// Whether sizes, type and count are all such as ZFS writes; `end` is where the list's bytes end.
    func isStrict(within end: Int, _ encoding: NVEncoding) -> Bool {
        let unit = encoding == .xdr ? 4 : 8
        return packedSize >= Self.smallestSize && packedSize % unit == 0
            && packedSize <= end - offset && valueOffset - offset <= packedSize && memorySize >= 24
            && memorySize % 8 == 0
            && type.isKnown && type.allows(count: count)
    }

    /// Whether a pair such as ZFS writes begins at `offset`.
    static func isLikely(
        _ bytes: RawSpan, at offset: Int, _ encoding: NVEncoding, _ order: ByteOrder
    ) -> Bool {
        guard let header = try? NVPairHeader(bytes, at: offset, encoding, order) else {
            return false
        }
        return isClean(header.name) && header.isStrict(within: bytes.byteCount, encoding)
    }

    /// The bytes of zeros that end a list.
    static func endMarkSize(_ encoding: NVEncoding) -> Int { encoding == .xdr ? 8 : 4 }

    static func isEndMark(_ bytes: RawSpan, at offset: Int, _ encoding: NVEncoding) -> Bool {
        (try? bytes.slice(at: offset, count: endMarkSize(encoding)))?.isAllZero ?? false
    }
}
