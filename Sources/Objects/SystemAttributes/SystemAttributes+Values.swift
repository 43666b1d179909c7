import Bytes
import Vdevs

extension SystemAttributes {
    /// The bytes of an old znode (`ZFS_OLD_ZNODE_PHYS_SIZE`).
    package static let znodeByteCount = 264

    /// Finds the attributes of an object, in its bonus and its spill block.
    ///
    /// Throws where its bonus holds no attributes, is still encrypted, or does not begin as it must; what is
    /// wrong further on is a problem of the values.
    package func values(of object: DMUObject) throws(ObjectError) -> AttributeValues {
        let dnode = object.dnode
        guard !dnode.isBonusSealed else { throw ObjectError(object: object.number, .sealed) }
        switch dnode.bonusType {
        case .znode: return try znodeValues(object)
        case .systemAttributes: break
        default:
            throw ObjectError(
                object: object.number,
                .wrongType(
                    expected: "an object with attributes",
                    found: "one whose bonus holds: \(dnode.bonusType)"))
        }
        let bonus = dnode.bonus
        var values = AttributeValues(bonus: bonus)
        do {
            try index(bonus, &values, spilled: false)
        } catch {
            throw ObjectError(object: object.number, .format(error))
        }
        indexSpill(of: object, &values)
        return values
    }

    private func indexSpill(of object: DMUObject, _ values: inout AttributeValues) {
        do throws(ObjectError) {
            guard let spill = try object.spill() else { return }
            values.setSpill(spill.bytes)
            do {
                try index(spill.bytes, &values, spilled: true)
            } catch {
                values.problems.append(error)
            }
        } catch {
            values.problems.append(
                FormatError("dn_spill", .invalid("leads to a block that can't be read: \(error)")))
        }
    }

    /// Notes the attributes of one buffer, going by its layout (`sa_attr_iter`).
    private func index(
        _ buffer: [UInt8], _ values: inout AttributeValues, spilled: Bool
    ) throws(FormatError) {
        let header = try AttributeHeader(buffer.rawBytes)
        // Numbers 0 and 1 stand for a buffer without attributes.
        guard header.layout > 1 else { return }
        guard let layout = layouts[header.layout] else {
            throw FormatError(
                AttributeHeader.Layout.info.name,
                .invalid("names layout \(header.layout), which the file system does not have"))
        }
        if let unknown = layout.unknown {
            values.problems.append(
                FormatError(
                    AttributeHeader.Layout.info.name,
                    .invalid("names a layout with the unknown attribute \(unknown)")))
        } else if header.byteCount != layout.headerSize {
            values.problems.append(
                FormatError(
                    AttributeHeader.Layout.info.name,
                    .invalid(
                        "says the header is \(header.byteCount) bytes, not \(layout.headerSize)")))
        }
        var start = layout.headerSize
        var lengths = 0
        for definition in layout.definitions {
            var length = Int(definition.length)
            if length == 0 {
                length = Int(
                    try AttributeHeader.Layout.length(lengths).read(buffer.rawBytes, header.order))
                lengths += 1
            }
            guard start <= buffer.count, length <= buffer.count - start else {
                values.problems.append(
                    FormatError(
                        definition.name,
                        .outOfBounds(
                            OutOfBounds(offset: start, count: length, available: buffer.count))))
                return
            }
            values.add(
                definition,
                .init(isSpilled: spilled, order: header.order, range: start..<start + length))
            start = (start + length + 7) & ~7
        }
    }

    /// The fixed fields of a znode as versions 1 to 4 of the file system write it (`znode_phys_t`).
    private func znodeValues(_ object: DMUObject) throws(ObjectError) -> AttributeValues {
        let bonus = object.bonus
        guard bonus.count >= Self.znodeByteCount else {
            throw ObjectError(
                object: object.number,
                .format(
                    FormatError(
                        "znode_phys_t",
                        .outOfBounds(
                            OutOfBounds(
                                offset: 0, count: Self.znodeByteCount, available: bonus.count)))))
        }
        var values = AttributeValues(bonus: bonus)
        var start = 0
        for name in AttributeName.legacy {
            let end = start + Int(name.length)
            values.add(
                AttributeDefinition(name),
                .init(isSpilled: false, order: object.order, range: start..<end))
            start = end
        }
        addZnodeTail(bonus, object.order, &values)
        return values
    }

    /// What follows a znode in its bonus: the target of a symbolic link, or a virus scanner's stamp.
    private func addZnodeTail(
        _ bonus: [UInt8], _ order: ByteOrder, _ values: inout AttributeValues
    ) {
        let room = bonus.count - Self.znodeByteCount
        let isLink = values.mode.map { $0 & 0o170000 == 0o120000 } ?? false
        let hasStamp = values.flags.map { $0 & Self.scanStampFlag != 0 } ?? false
        let name: AttributeName
        let length: Int
        if isLink, let size = values.size, size > 0, size <= UInt64(room) {
            name = .symbolicLink
            length = Int(truncatingIfNeeded: size)
        } else if hasStamp, room >= Int(AttributeName.scanStamp.length) {
            name = .scanStamp
            length = Int(AttributeName.scanStamp.length)
        } else {
            return
        }
        let start = Self.znodeByteCount
        values.add(
            AttributeDefinition(name),
            .init(isSpilled: false, order: order, range: start..<start + length))
    }

    /// `ZFS_BONUS_SCANSTAMP` (`include/sys/zfs_znode.h`).
    private static let scanStampFlag: UInt64 = 0x80
}
