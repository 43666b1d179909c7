package import Bytes

extension Dnode {
    /// The fields that a repair may set; the others and the tail stay as they are.
    package struct Change: Sendable {
        package var maximumBlockID: UInt64?
        /// In bytes, or in sectors where the flags say so (`dn_used`).
        package var used: UInt64?
        package var bonusLength: UInt16?
        package var bonusType: UInt8?
        package var flags: Flags?
        package var levels: UInt8?

        package init() {}
    }

    /// The dnode's bytes with some fields changed.
    package func encoded(_ change: Change) throws(FormatError) -> [UInt8] {
        var bytes = bytes
        if let value = change.maximumBlockID {
            try Layout.maximumBlockID.write(value, into: &bytes, order)
        }
        if let value = change.used { try Layout.used.write(value, into: &bytes, order) }
        if let value = change.bonusLength {
            try Layout.bonusLength.write(value, into: &bytes, order)
        }
        if let value = change.bonusType { try Layout.bonusType.write(value, into: &bytes, order) }
        if let value = change.flags { try Layout.flags.write(value.rawValue, into: &bytes, order) }
        if let value = change.levels { try Layout.levels.write(value, into: &bytes, order) }
        return bytes
    }
}
