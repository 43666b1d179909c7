package import Bytes
import Vdevs

extension DSLDataset {
    package func encode(
        into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.directory.write(directory, into: &bytes, order)
        try Layout.previousSnapshot.write(previousSnapshot, into: &bytes, order)
        try Layout.previousSnapshotTxg.write(previousSnapshotTxg.rawValue, into: &bytes, order)
        try Layout.nextSnapshot.write(nextSnapshot, into: &bytes, order)
        try Layout.snapshotNames.write(snapshotNames, into: &bytes, order)
        try Layout.childCount.write(childCount, into: &bytes, order)
        try Layout.creationTime.write(creationTime, into: &bytes, order)
        try Layout.creationTxg.write(creationTxg.rawValue, into: &bytes, order)
        try Layout.deadlist.write(deadlist, into: &bytes, order)
        try Layout.referencedBytes.write(referencedBytes, into: &bytes, order)
        try Layout.compressedBytes.write(compressedBytes, into: &bytes, order)
        try Layout.uncompressedBytes.write(uncompressedBytes, into: &bytes, order)
        try Layout.uniqueBytes.write(uniqueBytes, into: &bytes, order)
        try Layout.fsidGUID.write(fsidGUID.rawValue, into: &bytes, order)
        try Layout.guid.write(guid.rawValue, into: &bytes, order)
        try Layout.rawFlags.write(rawFlags, into: &bytes, order)
        for index in rootPointer.words.indices {
            let field = Field<UInt64>("ds_bp", at: Layout.rootPointerOffset + index * 8)
            try field.write(rootPointer.words[index], into: &bytes, order)
        }
        try Layout.nextClones.write(nextClones, into: &bytes, order)
        try Layout.snapshotProperties.write(snapshotProperties, into: &bytes, order)
        try Layout.holds.write(holds, into: &bytes, order)
    }
}
