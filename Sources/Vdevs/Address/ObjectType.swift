/// What a DMU object, and so each block of it, holds. Values this version does not know are kept.
///
/// It stands beside the block pointer, whose byte it is; Objects reads dnodes with the same numbers.
/// Types from 128 on carry their properties in their bits. Mirrors `dmu_object_type_t`
/// (`include/sys/dmu.h`).
package struct ObjectType: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `DMU_OT_NEWTYPE`: the other bits say what the object is.
    package var isSelfDescribing: Bool { rawValue & 0x80 != 0 }

    /// Whether this number is one that OpenZFS accepts (`DMU_OT_IS_VALID`).
    package var isKnown: Bool {
        isSelfDescribing ? rawValue & 0x1f < 10 : Int(rawValue) < Self.table.count
    }

    /// Metadata gets more copies than data (`DMU_OT_IS_METADATA`).
    package var isMetadata: Bool {
        if isSelfDescribing { return rawValue & 0x40 != 0 }
        return Int(rawValue) < Self.table.count ? Self.table[Int(rawValue)].isMetadata : false
    }

    /// Blocks of this type are encrypted in an encrypted dataset (`DMU_OT_IS_ENCRYPTED`).
    package var isEncrypted: Bool {
        if isSelfDescribing { return rawValue & 0x20 != 0 }
        return Int(rawValue) < Self.table.count ? Self.table[Int(rawValue)].isEncrypted : false
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

    /// The units of an object's contents, `enum dmu_object_byteswap`.
    package enum Content: UInt8, Sendable {
        case uint8, uint16, uint32, uint64, zap, dnode, objset, znode, oldACL, acl
    }
}

extension ObjectType: CustomStringConvertible {
    /// The name that zdb prints.
    package var description: String {
        if Int(rawValue) < Self.table.count { return Self.table[Int(rawValue)].name }
        guard isKnown else { return "object type \(rawValue)" }
        if content == .zap { return "zap" }
        return "\(content)\(isEncrypted ? " encrypted" : "")\(isMetadata ? " metadata" : " data")"
    }
}
