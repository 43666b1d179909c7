package import Bytes

/// What a boot loader keeps in a label, such as the entry to boot once.
///
/// Mirrors `vdev_boot_envblock_t` and `vdev_label_read_bootenv` (`vdev_label.c`). Its version is a
/// big-endian number on every host.
package struct BootEnvironment: Sendable, Hashable {
    package let checksum: LabelChecksum
    package let contents: Contents
    /// The bytes that hold it, for writing it elsewhere.
    package let bytes: [UInt8]

    package enum Contents: Sendable, Hashable {
        /// All zeros, or a version with nothing behind it.
        case empty
        /// Text without a structure of its own, as GRUB keeps it (`VB_RAW`).
        case text(String)
        /// Names and values (`VB_NVLIST`).
        case list(NVListDecoding)
        /// A command that FreeBSD's loader wrote before there was a format.
        case bootOnce(String)
        /// What stood here before there was a boot environment: where the boot area begins and how long it
        /// is, in bytes (`vdev_boot_header_t`).
        case bootHeader(version: UInt64, offset: UInt64, size: UInt64)
        /// `vbe_version` is not one that is known.
        case unknown(version: UInt64)
        case unreadable(FormatError)
    }

    /// What is to be written in the place of one.
    package enum Part: Sendable, Hashable {
        /// Zeros, as on a device that no boot loader knows.
        case cleared
        /// The bytes of a sound one, of which the checksum is made anew.
        case contents([UInt8], ByteOrder)
        /// Bytes as they are: some loaders write no checksum.
        case plain([UInt8])
    }

    package enum Layout {
        package static let version = Field<UInt64>("vbe_version", at: 0)
        package static let contents = 8

        package static let headerMagicNumber: UInt64 = 0x02f5_b007_b10c
        package static let headerMagic = Field<UInt64>("vb_magic", at: 0)
        package static let headerVersion = Field<UInt64>("vb_version", at: 8)
        package static let headerOffset = Field<UInt64>("vb_offset", at: 16)
        package static let headerSize = Field<UInt64>("vb_size", at: 24)

        package static let fields = [
            AnyField(version), AnyField(headerVersion), AnyField(headerOffset),
            AnyField(headerSize),
        ]
    }

    /// Decodes the part `bytes`, which lies at byte `offset` of its device.
    package init(_ bytes: RawSpan, at offset: UInt64) {
        checksum = LabelChecksum(bytes, at: offset)
        self.bytes = checksum == .empty ? [] : bytes.array
        do {
            contents = try Self.contents(bytes)
        } catch {
            contents = .unreadable(error)
        }
    }

    /// Whether a boot loader finds here what was written: nothing, or something of a known form under a right checksum.
    package var isSound: Bool {
        switch contents {
        case .empty: checksum == .empty || checksum.isValid
        case .text: checksum.isValid
        case .list(let decoding): checksum.isValid && decoding.findings.isEmpty
        case .bootOnce, .bootHeader: true
        case .unknown, .unreadable: false
        }
    }

    /// What has to be written for it to stand in another label too.
    package var part: Part {
        guard case .valid(let order) = checksum else {
            return bytes.isEmpty ? .cleared : .plain(bytes)
        }
        return .contents(bytes, order)
    }

    private static func contents(_ bytes: RawSpan) throws(FormatError) -> Contents {
        let version = try Layout.version.read(bytes, .big)
        let room = bytes.byteCount - Layout.contents - LabelChecksum.trailerSize
        guard room > 0, let body = try? bytes.slice(at: Layout.contents, count: room) else {
            return .empty
        }
        if version <= 1 && body.isAllZero { return .empty }
        for order in ByteOrder.allCases
        where try Layout.headerMagic.read(bytes, order) == Layout.headerMagicNumber {
            return .bootHeader(
                version: try Layout.headerVersion.read(bytes, order),
                offset: try Layout.headerOffset.read(bytes, order),
                size: try Layout.headerSize.read(bytes, order))
        }
        switch version {
        case 0: return .text(text(body))
        case 1: return .list(try NVList.decode(body))
        default:
            let text = text(bytes.extracting(first: Layout.contents + room))
            let isCommand = text.unicodeScalars.allSatisfy {
                0x20..<0x7f ~= $0.value || $0 == "\n"
            }
            return text.isEmpty || !isCommand ? .unknown(version: version) : .bootOnce(text)
        }
    }

    /// The text up to the first NUL.
    private static func text(_ bytes: RawSpan) -> String {
        String(decoding: bytes.array.prefix { $0 != 0 }, as: UTF8.self)
    }

    package var record: Record {
        var record = Record(["checksum": .record(checksum.record)])
        switch contents {
        case .empty: record.add("contents", "empty")
        case .text(let text):
            record.add("contents", "text")
            record.add("text", .text(text))
        case .list(let decoding):
            record.add("contents", "nvlist")
            record.add("values", .record(decoding.list.record))
            record.add("findings", .list(decoding.findings.map { .record($0.record) }))
        case .bootOnce(let text):
            record.add("contents", "boot once command")
            record.add("text", .text(text))
        case .bootHeader(let version, let offset, let size):
            record.add("contents", "boot header")
            record.add("version", .number(version))
            record.add("boot_area_offset", .offset(offset))
            record.add("boot_area_size", .bytes(size))
        case .unknown(let version):
            record.add("contents", "unknown")
            record.add("version", .word(version))
        case .unreadable(let error):
            record.add("contents", "unreadable")
            record.add("error", .text("\(error)"))
        }
        return record
    }
}
