import Bytes
import Datasets
import Objects
import Vdevs

/// The bonuses of objects of the MOS: which go with which object, and how long they are.
enum BonusTable {
    private static let lengths: [ObjectType: Int] = [
        .dslDirectory: DSLDirectory.byteCount,
        .dslDataset: DSLDataset.byteCount,
        .deadlistHeader: DeadlistHeader.Layout.byteCount,
    ]

    /// Bytes that a bonus of that type takes; nil where that varies.
    static func length(of type: ObjectType) -> Int? { lengths[type] }

    /// The type that a bonus of an object must have.
    static func type(in object: ObjectType, length: Int) -> ObjectType? {
        switch object {
        case .packedNVList: .packedNVListSize
        case .blockPointerList: .blockPointerListHeader
        case .spaceMap: .spaceMapHeader
        case .history: .historyOffsets
        case .deadlist: .deadlistHeader
        case .dslDirectory: .dslDirectory
        case .dslDataset: .dslDataset
        case .fuidTable: .fuidTableSize
        // Directories and datasets with fields of their own are ZAPs (`dmu_object_zapify`).
        default: object.content == .zap ? lengths.first { $0.value == length }?.key : nil
        }
    }
}
