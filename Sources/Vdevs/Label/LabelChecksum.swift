package import Bytes
package import Codecs

/// The verdict on a part of a label that carries its own SHA-256 in its last 40 bytes.
///
/// The digest is taken with the place of the part on its device in the checksum's stead, so that a label
/// copied to another place does not pass. `EmbeddedChecksum` judges; this adds parts never written.
package enum LabelChecksum: Sendable, Hashable {
    /// Right, and written by a host of this byte order.
    case valid(ByteOrder)
    case invalid(stored: Checksum, computed: Checksum)
    /// There is no checksum to go by: the magic number in front of it is wrong.
    case absent(FormatError)
    /// All zeros: never written.
    case empty

    /// Bytes at the end of a part that belong to its checksum.
    package static let trailerSize = EmbeddedChecksum.Layout.byteCount

    /// Judges `part`, all of it, which lies at byte `offset` of its device.
    package init(_ part: RawSpan, at offset: UInt64) {
        guard !part.isAllZero else {
            self = .empty
            return
        }
        do {
            let verdict = try EmbeddedChecksum.verify(
                part, .label, verifier: EmbeddedChecksum.labelVerifier(offset: offset))
            switch verdict {
            case .valid(let order): self = .valid(order)
            case .invalid(let expected, let found):
                self = .invalid(stored: expected, computed: found)
            case .unreadable(let error): self = .absent(error)
            }
        } catch {
            self = .absent(FormatError("zec_cksum", .invalid("can't be computed: \(error)")))
        }
    }

    package var isValid: Bool { if case .valid = self { true } else { false } }
}

extension LabelChecksum: CustomStringConvertible {
    package var description: String {
        switch self {
        case .valid: "valid"
        case .invalid: "wrong"
        case .absent: "absent"
        case .empty: "empty"
        }
    }
}

extension LabelChecksum {
    package var record: Record {
        var record = Record(["verdict": .text("\(self)")])
        switch self {
        case .valid(let order): record.add("byte_order", .text("\(order)"))
        case .invalid(let stored, let computed):
            record.add("stored", .text("\(stored)"))
            record.add("computed", .text("\(computed)"))
        case .absent(let error): record.add("error", .text("\(error)"))
        case .empty: break
        }
        return record
    }
}
