import Objects
package import Vdevs

/// Which types of objects can have a bonus of a type that is made for one purpose.
///
/// No table of OpenZFS says so; it follows from the calls that make objects (`dmu_object_alloc` and its like), and from
/// what `dmu_object_zapify` (`module/zfs/dmu_object.c`) makes of directories and datasets.
package enum BonusTypes {
    /// `DMU_OTN_UINT64_METADATA`.
    private static let uint64Metadata = ObjectType(rawValue: 0xc3)

    static func allows(_ bonus: ObjectType, in object: ObjectType) -> Bool {
        if let only = only(in: object), bonus != only { return false }
        return switch bonus {
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

    /// The one type that the bonus of such an object is ever given; nil where there are several.
    package static func only(in object: ObjectType) -> ObjectType? {
        switch object {
        case .packedNVList: .packedNVListSize
        case .blockPointerList: .blockPointerListHeader
        case .spaceMap: .spaceMapHeader
        case .history: .historyOffsets
        case .deadlist: .deadlistHeader
        case .dslDirectory: .dslDirectory
        case .dslDataset: .dslDataset
        case .fuidTable: .fuidTableSize
        default: nil
        }
    }

    /// Whether the bonus is as long as one of its type can be.
    static func hasRightLength(_ dnode: Dnode) -> Bool {
        guard dnode.bonusLength > 0 else { return true }
        return dnode.bonusType != .none
            && lengths(of: dnode.bonusType)?.contains(dnode.bonusLength) ?? true
    }

    /// Which lengths, in bytes, a bonus of a type has; nil where it depends on more.
    ///
    /// Structures that grew have several: a length for each version that wrote them.
    private static func lengths(of bonus: ObjectType) -> [UInt16]? {
        switch bonus {
        case .packedNVListSize, .fuidTableSize: [8]
        case .blockPointerListHeader: [16, 32, 48, 56]
        case .spaceMapHeader: [24, 320]
        case .historyOffsets: [40]
        case .deadlistHeader, .dslDataset: [320]
        case .dslDirectory: [256]
        default: nil
        }
    }

    /// Whether an object can be made with a bonus type and no bonus (`dnode_allocate`, `module/zfs/dnode.c`).
    static func allowsNoLength(_ bonus: ObjectType) -> Bool {
        bonus == .none || bonus == .systemAttributes || bonus == uint64Metadata
    }

    /// Files, directories, and the objects that early versions kept attributes and lists of access in.
    private static func isFile(_ object: ObjectType) -> Bool {
        [.plainFile, .directory, .volume, .systemAttributes].contains(object)
            || object.isSelfDescribing
    }
}
