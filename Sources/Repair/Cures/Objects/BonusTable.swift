import Bytes
import Datasets
import Objects
import Vdevs
import Verify

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
        if let only = BonusTypes.only(in: object) { return only }
        // Directories and datasets with fields of their own are ZAPs (`dmu_object_zapify`).
        return object.content == .zap ? lengths.first { $0.value == length }?.key : nil
    }
}
