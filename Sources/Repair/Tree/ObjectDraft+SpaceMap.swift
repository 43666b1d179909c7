import Bytes
import Objects

extension ObjectDraft {
    /// Gives a space map these entries and no others.
    ///
    /// `allocated` is what they allocate less what they free, in bytes (in groups for a DTL).
    mutating func replaceSpaceMap(
        _ entries: SpaceMapEncoder, allocated: Int64
    ) throws(RepairError) {
        let order = order
        try replaceBlocks(entries.blocks(order))
        let length = UInt64(entries.byteCount)
        try editBonus { bonus throws(FormatError) in
            try SpaceMapHeader.write(
                length: length, allocated: allocated, histogram: nil, into: &bonus, order)
        }
    }
}
