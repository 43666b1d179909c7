package import Bytes
import Codecs

/// One block that a dedup table knows.
///
/// A legacy entry holds four forms, one for each number of copies and one for obsolete ditto blocks; a
/// flat entry holds one. Mirrors `ddt_lightweight_entry_t` (`include/sys/ddt.h`).
package struct DedupEntry: Sendable, Hashable {
    package let key: DedupKey
    /// The forms in use.
    package let variants: [DedupVariant]

    package init(key: DedupKey, variants: [DedupVariant]) {
        self.key = key
        self.variants = variants
    }

    /// Decodes the plain form of a value: 256 bytes legacy, 72 flat.
    package init(
        key: DedupKey, value bytes: RawSpan, _ order: ByteOrder, isFlat: Bool
    ) throws(FormatError) {
        self.key = key
        if isFlat {
            variants = [try DedupVariant(bytes, at: 0, order, copies: nil)]
        } else {
            var variants: [DedupVariant] = []
            for copies in 0..<4 {
                let variant = try DedupVariant(
                    bytes, at: copies * DedupVariant.legacySize, order, copies: copies)
                if variant.isInUse { variants.append(variant) }
            }
            self.variants = variants
        }
    }

    /// The bytes that the plain form of a value takes.
    package static func valueSize(isFlat: Bool) -> Int {
        isFlat ? DedupVariant.flatSize : 4 * DedupVariant.legacySize
    }

    /// Decodes a value as a table's ZAP holds it: a byte that says byte order and compression, then the
    /// data (`ddt_zap_decompress`, `module/zfs/ddt_zap.c`).
    package init(key: DedupKey, packed: [UInt8], isFlat: Bool) throws(FormatError) {
        guard let first = packed.first else {
            throw FormatError("ddt_zap value", .invalid("is empty"))
        }
        let order: ByteOrder = first & 0x80 != 0 ? .little : .big
        let size = Self.valueSize(isFlat: isFlat)
        let data = Array(packed.dropFirst())
        let algorithm = CompressionAlgorithm(rawValue: first & 0x7f)
        switch algorithm {
        case .zle, .lzjb, .lz4:
            let plain: [UInt8]
            do {
                plain = try algorithm.decompress(data.rawBytes, expectedCount: size)
            } catch {
                throw FormatError("ddt_zap value", .invalid("can't be decompressed: \(error)"))
            }
            try self.init(key: key, value: plain.rawBytes, order, isFlat: isFlat)
        default:
            try self.init(key: key, value: data.rawBytes, order, isFlat: isFlat)
        }
    }

    /// All references to the block, of all forms.
    package var references: UInt64 {
        variants.reduce(0) { sum, variant in
            let (total, overflow) = sum.addingReportingOverflow(variant.references)
            return overflow ? .max : total
        }
    }
}

extension DedupEntry {
    package var record: Record {
        var record = Record([
            "checksum": "\(key.checksum)",
            "logical_size": .bytes(key.logicalSize),
            "physical_size": .bytes(key.physicalSize),
            "compression": "\(key.compression)",
            "encrypted": .flag(key.isEncrypted),
            "references": .number(references),
        ])
        record.add(
            "variants",
            .list(
                variants.map { variant in
                    var own = Record()
                    own.add("copies", variant.copies.map { .number(UInt64($0)) })
                    own.add(
                        "addresses",
                        .list(variant.addresses(encrypted: key.isEncrypted).map { "\($0)" }))
                    own.add("references", .number(variant.references))
                    own.add("physical_birth", .txg(variant.physicalBirth))
                    own.add("class_start", variant.classStart.map { .time($0) })
                    return .record(own)
                }))
        return record
    }
}
