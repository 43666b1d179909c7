/// What a DMU object, and so each block of it, holds. Values this version does not know are kept.
///
/// It stands beside the block pointer, whose byte it is; Objects reads dnodes with the same numbers.
/// Types from 128 on carry their properties in their bits. Mirrors `dmu_object_type_t`
/// (`include/sys/dmu.h`).
@usableFromInline
@frozen package struct ObjectType: RawRepresentable, Hashable, Sendable {
    @usableFromInline package let rawValue: UInt8
    @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `DMU_OT_NEWTYPE`: the other bits say what the object is.
    package var isSelfDescribing: Bool { rawValue & 0x80 != 0 }

    /// Whether this number is one that OpenZFS accepts (`DMU_OT_IS_VALID`).
    package var isKnown: Bool {
        isSelfDescribing ? rawValue & 0x1f < 10 : rawValue < Self.count
    }

    /// Metadata gets more copies than data (`DMU_OT_IS_METADATA`).
    package var isMetadata: Bool {
        if isSelfDescribing { return rawValue & 0x40 != 0 }
        return Self.metadata >> UInt64(rawValue) & 1 != 0
    }

    /// Blocks of this type are encrypted in an encrypted dataset (`DMU_OT_IS_ENCRYPTED`).
    @usableFromInline package var isEncrypted: Bool {
        if isSelfDescribing { return rawValue & 0x20 != 0 }
        return Self.encrypted >> UInt64(rawValue) & 1 != 0
    }

    /// How the object's bytes are to be taken, which also tells ZAPs from the rest (`DMU_OT_BYTESWAP`).
    package var content: Content {
        let number =
            isSelfDescribing
            ? rawValue & 0x1f
            : Int(rawValue) < Self.table.count
                ? Self.table[Int(rawValue)].content.rawValue : 0
        return Content(rawValue: number) ?? .uint8
    }

    /// What every block of a walk asks, taken from the table once: how many numbered types there are, and a bit for each of
    /// them, of which there are fewer than 64.
    private static let count = UInt8(truncatingIfNeeded: table.count)
    private static let metadata = bits(\.isMetadata)
    private static let encrypted = bits(\.isEncrypted)

    private static func bits(_ property: (Row) -> Bool) -> UInt64 {
        table.enumerated().reduce(0) { bits, row in
            property(row.element) ? bits | 1 << UInt64(row.offset) : bits
        }
    }

    /// The units of an object's contents, `enum dmu_object_byteswap`.
    package enum Content: UInt8, Sendable {
        case uint8, uint16, uint32, uint64, zap, dnode, objset, znode, oldACL, acl
    }
}

extension ObjectType: CustomStringConvertible {
    /// The name that zdb prints.
    @usableFromInline package var description: String {
        if Int(rawValue) < Self.table.count { return Self.table[Int(rawValue)].name }
        guard isKnown else { return "object type \(rawValue)" }
        if content == .zap { return "zap" }
        return "\(content)\(isEncrypted ? " encrypted" : "")\(isMetadata ? " metadata" : " data")"
    }
}
