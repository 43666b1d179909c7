import Bytes
import Files
import Objects
import Vdevs

/// Finds what the damaged head of a bonus of attributes must have said.
///
/// The attributes themselves tell: under only one layout of the file system are they those of such a file, and end where the
/// bonus does.
enum AttributeHead {
    /// The first six bytes as they must be (`sa_hdr_phys_t`); nil where no layout or more than one fits.
    static func found(for object: DMUObject, _ filesystem: Filesystem) -> [UInt8]? {
        let tables = filesystem.systemAttributes
        // Mostly only the magic number is gone, and what follows it still tells the layout.
        if let info = storedLayout(of: object), let layout = tables.layouts[info] {
            let head = bytes(layout: info, headerSize: layout.headerSize, object.order)
            if let values = values(of: object, with: head, tables),
                isSound(values, object, filesystem)
            {
                return head
            }
        }
        var fitting: [[UInt8]] = []
        for (number, layout) in tables.layouts.sorted(by: { $0.key < $1.key })
        where layout.unknown == nil {
            let head = bytes(layout: number, headerSize: layout.headerSize, object.order)
            guard let values = values(of: object, with: head, tables),
                isSound(values, object, filesystem)
            else { continue }
            fitting.append(head)
        }
        return fitting.count == 1 ? fitting.first : nil
    }

    private static func storedLayout(of object: DMUObject) -> UInt16? {
        let bonus = object.bonus
        let info = try? AttributeHeader.Layout.info.read(bonus.rawBytes, object.order)
        return info.map { $0 & 0x3ff }
    }

    private static func bytes(
        layout: UInt16, headerSize: Int, _ order: ByteOrder
    ) -> [UInt8] {
        let info = layout & 0x3ff | UInt16(truncatingIfNeeded: headerSize / 8) << 10
        let magic = AttributeHeader.Layout.magicNumber
        var bytes: [UInt8] = []
        for index in UInt32(0)..<4 { bytes.append(UInt8(truncatingIfNeeded: magic >> (index * 8))) }
        for index in UInt16(0)..<2 { bytes.append(UInt8(truncatingIfNeeded: info >> (index * 8))) }
        guard order == .big else { return bytes }
        return [UInt8](bytes[0..<4].reversed() + bytes[4..<6].reversed())
    }

    /// The attributes as they are read under another head.
    private static func values(
        of object: DMUObject, with head: [UInt8], _ tables: SystemAttributes
    ) -> AttributeValues? {
        var dnode = object.dnode.bytes
        let start = object.dnode.bonusRange.lowerBound
        guard object.dnode.bonusRange.count > head.count,
            (try? Dnode(block: dnode, at: 0, object.order)) != nil
        else { return nil }
        dnode.replaceSubrange(start..<start + head.count, with: head)
        guard let changed = try? Dnode(block: dnode, at: 0, object.order) else { return nil }
        return try? tables.values(
            of: DMUObject(number: object.number, dnode: changed, source: object.source))
    }

    private static func isSound(
        _ values: AttributeValues, _ object: DMUObject, _ filesystem: Filesystem
    ) -> Bool {
        guard values.problems.isEmpty, let mode = values.mode, mode >> 16 == 0,
            (FileKind(mode: mode) == .directory) == (object.type == .directory),
            FileKind(mode: mode) != .unknown,
            let parent = values.parent, (try? filesystem.objectSet.dnode(parent)) != nil,
            let links = values.links, links < 1 << 32, values.size != nil, values.user != nil,
            values.group != nil, let changed = values.changeTime,
            (0..<1_000_000_000).contains(changed.nanoseconds),
            let made = values.creationTime, (0..<1_000_000_000).contains(made.nanoseconds)
        else { return false }
        let ends = (values.names.compactMap { values.place($0) } + values.others.map(\.place))
            .filter { !$0.isSpilled }.map(\.range.upperBound)
        return ((ends.max() ?? 0) + 7) & ~7 == object.dnode.bonusRange.count
    }
}
