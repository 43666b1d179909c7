package import Bytes

/// The configuration in a label: an nvlist in 112 KiB with a checksum of its own.
///
/// Mirrors `vdev_phys_t` (`include/sys/vdev_impl.h`).
package struct LabelConfig: Sendable, Hashable {
    package let checksum: LabelChecksum
    package let contents: Contents

    package enum Contents: Sendable, Hashable {
        /// All zeros.
        case empty
        /// No nvlist begins here.
        case unreadable(FormatError)
        case list(NVListDecoding)
    }

    /// Decodes the part `bytes`, which lies at byte `offset` of its device.
    package init(_ bytes: RawSpan, at offset: UInt64) {
        checksum = LabelChecksum(bytes, at: offset)
        guard checksum != .empty else {
            contents = .empty
            return
        }
        let room = max(0, bytes.byteCount - LabelChecksum.trailerSize)
        do {
            contents = .list(try NVList.decode(bytes.extracting(first: room)))
        } catch {
            contents = .unreadable(error)
        }
    }

    /// The list, as far as it is readable, whatever its checksum says.
    package var list: NVList? {
        if case .list(let decoding) = contents { decoding.list } else { nil }
    }

    package var findings: [NVFinding] {
        if case .list(let decoding) = contents { decoding.findings } else { [] }
    }

    /// Readable, complete and guarded by a right checksum.
    package var isSound: Bool { checksum.isValid && list != nil && findings.isEmpty }

    package var record: Record {
        var record = Record(["checksum": .record(checksum.record)])
        switch contents {
        case .empty: record.add("contents", "empty")
        case .unreadable(let error):
            record.add("contents", "unreadable")
            record.add("error", .text("\(error)"))
        case .list(let decoding):
            record.add("contents", "nvlist")
            record.add("encoding", .text("\(decoding.encoding)"))
            record.add("byte_order", .text("\(decoding.order)"))
            record.add("used", .bytes(UInt64(decoding.byteCount)))
            record.add("config", .record(decoding.list.record(present: ConfigKey.present)))
            record.add("findings", .list(decoding.findings.map { .record($0.record) }))
        }
        return record
    }
}
