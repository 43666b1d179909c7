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
        var listed: [AttributeDefinition] = []
        for number in layout {
            guard let definition = definitions[number] else {
                values.problems.append(
                    FormatError(
                        AttributeHeader.Layout.info.name,
                        .invalid("names a layout with the unknown attribute \(number)")))
                break
            }
            listed.append(definition)
        }
        let variable = listed.count { $0.length == 0 }
        var place = (AttributeHeader.Layout.length(variable).offset + 7) & ~7
        if listed.count == layout.count, header.byteCount != place {
            values.problems.append(
                FormatError(
                    AttributeHeader.Layout.info.name,
                    .invalid("says the header is \(header.byteCount) bytes, not \(place)")))
        }
        var lengths = 0
        for definition in listed {
            var length = Int(definition.length)
            if length == 0 {
                length = Int(
                    try AttributeHeader.Layout.length(lengths).read(buffer.rawBytes, header.order))
                lengths += 1
            }
            guard place <= buffer.count, length <= buffer.count - place else {
                values.problems.append(
                    FormatError(
                        definition.name,
                        .outOfBounds(
                            OutOfBounds(offset: place, count: length, available: buffer.count))))
                return
            }
            values.add(definition, place..<place + length, header.order, spilled: spilled)
            place = (place + length + 7) & ~7
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
        var place = 0
        for (number, name) in AttributeName.legacy.enumerated() {
            let length = Int(name.length)
            let definition = AttributeDefinition(
                number: UInt16(number), name: name.rawValue, length: name.length, swap: 0)
            values.add(definition, place..<place + length, object.order, spilled: false)
            place += length
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
            AttributeDefinition(
                number: UInt16(name.index), name: name.rawValue, length: name.length, swap: 0),
            start..<start + length, order, spilled: false)
    }

    /// `ZFS_BONUS_SCANSTAMP` (`include/sys/zfs_znode.h`).
    private static let scanStampFlag: UInt64 = 0x80
}
