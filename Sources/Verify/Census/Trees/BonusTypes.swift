import Vdevs

/// Which types of objects can have a bonus of a type that is made for one purpose.
///
/// No table of OpenZFS says so; it follows from the calls that make objects (`dmu_object_alloc` and its like), and from
/// what `dmu_object_zapify` (`module/zfs/dmu_object.c`) makes of directories and datasets.
enum BonusTypes {
    static func allows(_ bonus: ObjectType, in object: ObjectType) -> Bool {
        switch bonus {
        case .packedNVListSize: object == .packedNVList
        case .blockPointerListHeader: object == .blockPointerList
        case .spaceMapHeader: object == .spaceMap
        case .historyOffsets: object == .history
        case .deadlistHeader: object == .deadlist
        case .dslDirectory: object == .dslDirectory || object.content == .zap
        case .dslDataset: object == .dslDataset || object.content == .zap
        case .fuidTableSize: object == .fuidTable
        case .znode, .systemAttributes: isFile(object)
        case .dnode, .objectSet, .objectDirectory, .intentLog: false
        default: true
        }
    }

    /// Files, directories, and the objects that early versions kept attributes and lists of access in.
    private static func isFile(_ object: ObjectType) -> Bool {
        [.plainFile, .directory, .volume, .systemAttributes].contains(object)
            || object.isSelfDescribing
    }
}
