package import Bytes

/// A name was moved, swapped with another, or moved with a whiteout left behind.
///
/// Mirrors `lr_rename_t` and `lr_rename_whiteout_t` (`include/sys/zil.h`).
package struct LoggedRename: LogRecordBody {
    package let sourceDirectory: UInt64
    package let targetDirectory: UInt64
    package let sourceName: FileName
    package let targetName: FileName
    /// Only where the record says that a whiteout took the old name's place.
    package let whiteout: Whiteout?

    /// The character device that stands where the renamed file was.
    package struct Whiteout: Sendable, Hashable {
        package let object: UInt64
        package let slots: Int
        package let mode: UInt64
        package let user: UInt64
        package let group: UInt64
        package let generation: UInt64
        package let creationTime: FileTime
        package let device: UInt64
    }

    package init(
        _ bytes: RawSpan, _ order: ByteOrder, _ type: LogRecordType
    ) throws(FormatError) {
        sourceDirectory = try Layout.sourceDirectory.read(bytes, order)
        targetDirectory = try Layout.targetDirectory.read(bytes, order)
        whiteout = type == .renameWhiteout ? try Whiteout(bytes, order) : nil
        var offset = whiteout == nil ? Layout.byteCount : Layout.byteCountWithWhiteout
        sourceName = FileName(try bytes.takeString("source name", at: &offset))
        targetName = FileName(try bytes.takeString("target name", at: &offset))
    }

    package var record: Record {
        var record = Record([
            "source_directory": .number(sourceDirectory),
            "source_name": .text(sourceName.description),
            "target_directory": .number(targetDirectory),
            "target_name": .text(targetName.description),
        ])
        guard let whiteout else { return record }
        record.add("whiteout_object", .number(whiteout.object))
        record.add("whiteout_mode", .text(String(whiteout.mode, radix: 8)))
        record.add("whiteout_user", .number(whiteout.user))
        record.add("whiteout_group", .number(whiteout.group))
        return record
    }
}

extension LoggedRename.Whiteout {
    init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        typealias Layout = LoggedRename.Layout
        let word = try Layout.whiteoutObject.read(bytes, order)
        object = LoggedCreation.Layout.objectNumber.read(word)
        slots = Int(truncatingIfNeeded: LoggedCreation.Layout.slots.read(word)) + 1
        mode = try Layout.whiteoutMode.read(bytes, order)
        user = try Layout.whiteoutUser.read(bytes, order)
        group = try Layout.whiteoutGroup.read(bytes, order)
        generation = try Layout.whiteoutGeneration.read(bytes, order)
        creationTime = try FileTime(
            Layout.whiteoutTime.name, bytes, at: Layout.whiteoutTime.range.lowerBound, order)
        device = try Layout.whiteoutDevice.read(bytes, order)
    }
}
