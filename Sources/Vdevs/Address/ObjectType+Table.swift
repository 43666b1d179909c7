extension ObjectType {
    /// `DMU_OT_NONE`.
    package static let none = ObjectType(rawValue: 0)
    /// `DMU_OT_OBJECT_DIRECTORY`.
    package static let objectDirectory = ObjectType(rawValue: 1)
    /// `DMU_OT_OBJECT_ARRAY`.
    package static let objectArray = ObjectType(rawValue: 2)
    /// `DMU_OT_PACKED_NVLIST`.
    package static let packedNVList = ObjectType(rawValue: 3)
    /// `DMU_OT_PACKED_NVLIST_SIZE`.
    package static let packedNVListSize = ObjectType(rawValue: 4)
    /// `DMU_OT_BPOBJ`.
    package static let blockPointerList = ObjectType(rawValue: 5)
    /// `DMU_OT_BPOBJ_HDR`.
    package static let blockPointerListHeader = ObjectType(rawValue: 6)
    /// `DMU_OT_SPACE_MAP_HEADER`.
    package static let spaceMapHeader = ObjectType(rawValue: 7)
    /// `DMU_OT_SPACE_MAP`.
    package static let spaceMap = ObjectType(rawValue: 8)
    /// `DMU_OT_INTENT_LOG`.
    package static let intentLog = ObjectType(rawValue: 9)
    /// `DMU_OT_DNODE`.
    package static let dnode = ObjectType(rawValue: 10)
    /// `DMU_OT_OBJSET`.
    package static let objectSet = ObjectType(rawValue: 11)
    /// `DMU_OT_DSL_DIR`.
    package static let dslDirectory = ObjectType(rawValue: 12)
    /// `DMU_OT_DSL_DIR_CHILD_MAP`.
    package static let dslDirectoryChildMap = ObjectType(rawValue: 13)
    /// `DMU_OT_DSL_DS_SNAP_MAP`.
    package static let dslSnapshotMap = ObjectType(rawValue: 14)
    /// `DMU_OT_DSL_PROPS`.
    package static let dslProperties = ObjectType(rawValue: 15)
    /// `DMU_OT_DSL_DATASET`.
    package static let dslDataset = ObjectType(rawValue: 16)
    /// `DMU_OT_ZNODE`.
    package static let znode = ObjectType(rawValue: 17)
    /// `DMU_OT_OLDACL`.
    package static let oldACL = ObjectType(rawValue: 18)
    /// `DMU_OT_PLAIN_FILE_CONTENTS`.
    package static let plainFile = ObjectType(rawValue: 19)
    /// `DMU_OT_DIRECTORY_CONTENTS`.
    package static let directory = ObjectType(rawValue: 20)
    /// `DMU_OT_MASTER_NODE`.
    package static let masterNode = ObjectType(rawValue: 21)
    /// `DMU_OT_UNLINKED_SET`.
    package static let deleteQueue = ObjectType(rawValue: 22)
    /// `DMU_OT_ZVOL`.
    package static let volume = ObjectType(rawValue: 23)
    /// `DMU_OT_ZVOL_PROP`.
    package static let volumeProperties = ObjectType(rawValue: 24)
    /// `DMU_OT_ERROR_LOG`.
    package static let errorLog = ObjectType(rawValue: 28)
    /// `DMU_OT_SPA_HISTORY`.
    package static let history = ObjectType(rawValue: 29)
    /// `DMU_OT_SPA_HISTORY_OFFSETS`.
    package static let historyOffsets = ObjectType(rawValue: 30)
    /// `DMU_OT_POOL_PROPS`.
    package static let poolProperties = ObjectType(rawValue: 31)
    /// `DMU_OT_ACL`.
    package static let acl = ObjectType(rawValue: 33)
    /// `DMU_OT_FUID`.
    package static let fuidTable = ObjectType(rawValue: 35)
    /// `DMU_OT_FUID_SIZE`.
    package static let fuidTableSize = ObjectType(rawValue: 36)
    /// `DMU_OT_NEXT_CLONES`.
    package static let nextClones = ObjectType(rawValue: 37)
    /// `DMU_OT_SCAN_QUEUE`.
    package static let scanQueue = ObjectType(rawValue: 38)
    /// `DMU_OT_USERGROUP_USED`.
    package static let userGroupUsed = ObjectType(rawValue: 39)
    /// `DMU_OT_USERGROUP_QUOTA`.
    package static let userGroupQuota = ObjectType(rawValue: 40)
    /// `DMU_OTN_UINT32_METADATA`.
    package static let halfWordMetadata = ObjectType(rawValue: 0xc2)
    /// `DMU_OTN_UINT64_METADATA`.
    package static let wordMetadata = ObjectType(rawValue: 0xc3)
    /// `DMU_OTN_ZAP_METADATA`.
    package static let zapMetadata = ObjectType(rawValue: 0xc4)
    /// `DMU_OT_USERREFS`.
    package static let userReferences = ObjectType(rawValue: 41)
    /// `DMU_OT_DDT_ZAP`.
    package static let dedupTable = ObjectType(rawValue: 42)
    /// `DMU_OT_DDT_STATS`.
    package static let dedupStatistics = ObjectType(rawValue: 43)
    /// `DMU_OT_SA`.
    package static let systemAttributes = ObjectType(rawValue: 44)
    /// `DMU_OT_SA_MASTER_NODE`.
    package static let saMasterNode = ObjectType(rawValue: 45)
    /// `DMU_OT_SA_ATTR_REGISTRATION`.
    package static let saRegistry = ObjectType(rawValue: 46)
    /// `DMU_OT_SA_ATTR_LAYOUTS`.
    package static let saLayouts = ObjectType(rawValue: 47)
    /// `DMU_OT_DEADLIST`.
    package static let deadlist = ObjectType(rawValue: 50)
    /// `DMU_OT_DEADLIST_HDR`.
    package static let deadlistHeader = ObjectType(rawValue: 51)
    /// `DMU_OT_DSL_CLONES`.
    package static let dslClones = ObjectType(rawValue: 52)
    /// `DMU_OT_BPOBJ_SUBOBJ`.
    package static let subordinateLists = ObjectType(rawValue: 53)

    /// What is known of one of the numbered types.
    struct Row: Sendable {
        let content: Content
        let isMetadata: Bool
        let isEncrypted: Bool
        let name: String

        init(_ content: Content, metadata: Bool, encrypted: Bool, _ name: String) {
            self.content = content
            isMetadata = metadata
            isEncrypted = encrypted
            self.name = name
        }
    }

    /// The numbered types in order, as the `dmu_ot` table (`module/zfs/dmu.c`) has them.
    static let table: [Row] = [
        Row(.uint8, metadata: true, encrypted: false, "unallocated"),
        Row(.zap, metadata: true, encrypted: false, "object directory"),
        Row(.uint64, metadata: true, encrypted: false, "object array"),
        Row(.uint8, metadata: true, encrypted: false, "packed nvlist"),
        Row(.uint64, metadata: true, encrypted: false, "packed nvlist size"),
        Row(.uint64, metadata: true, encrypted: false, "bpobj"),
        Row(.uint64, metadata: true, encrypted: false, "bpobj header"),
        Row(.uint64, metadata: true, encrypted: false, "SPA space map header"),
        Row(.uint64, metadata: true, encrypted: false, "SPA space map"),
        Row(.uint64, metadata: true, encrypted: true, "ZIL intent log"),
        Row(.dnode, metadata: true, encrypted: true, "DMU dnode"),
        Row(.objset, metadata: true, encrypted: false, "DMU objset"),
        Row(.uint64, metadata: true, encrypted: false, "DSL directory"),
        Row(.zap, metadata: true, encrypted: false, "DSL directory child map"),
        Row(.zap, metadata: true, encrypted: false, "DSL dataset snap map"),
        Row(.zap, metadata: true, encrypted: false, "DSL props"),
        Row(.uint64, metadata: true, encrypted: false, "DSL dataset"),
        Row(.znode, metadata: true, encrypted: false, "ZFS znode"),
        Row(.oldACL, metadata: true, encrypted: true, "ZFS V0 ACL"),
        Row(.uint8, metadata: false, encrypted: true, "ZFS plain file"),
        Row(.zap, metadata: true, encrypted: true, "ZFS directory"),
        Row(.zap, metadata: true, encrypted: false, "ZFS master node"),
        Row(.zap, metadata: true, encrypted: true, "ZFS delete queue"),
        Row(.uint8, metadata: false, encrypted: true, "zvol object"),
        Row(.zap, metadata: true, encrypted: false, "zvol prop"),
        Row(.uint8, metadata: false, encrypted: true, "other uint8[]"),
        Row(.uint64, metadata: false, encrypted: true, "other uint64[]"),
        Row(.zap, metadata: true, encrypted: false, "other ZAP"),
        Row(.zap, metadata: true, encrypted: false, "persistent error log"),
        Row(.uint8, metadata: true, encrypted: false, "SPA history"),
        Row(.uint64, metadata: true, encrypted: false, "SPA history offsets"),
        Row(.zap, metadata: true, encrypted: false, "Pool properties"),
        Row(.zap, metadata: true, encrypted: false, "DSL permissions"),
        Row(.acl, metadata: true, encrypted: true, "ZFS ACL"),
        Row(.uint8, metadata: true, encrypted: true, "ZFS SYSACL"),
        Row(.uint8, metadata: true, encrypted: true, "FUID table"),
        Row(.uint64, metadata: true, encrypted: false, "FUID table size"),
        Row(.zap, metadata: true, encrypted: false, "DSL dataset next clones"),
        Row(.zap, metadata: true, encrypted: false, "scan work queue"),
        Row(.zap, metadata: true, encrypted: true, "ZFS user/group/project used"),
        Row(.zap, metadata: true, encrypted: true, "ZFS user/group/project quota"),
        Row(.zap, metadata: true, encrypted: false, "snapshot refcount tags"),
        Row(.zap, metadata: true, encrypted: false, "DDT ZAP algorithm"),
        Row(.zap, metadata: true, encrypted: false, "DDT statistics"),
        Row(.uint8, metadata: true, encrypted: true, "System attributes"),
        Row(.zap, metadata: true, encrypted: true, "SA master node"),
        Row(.zap, metadata: true, encrypted: true, "SA attr registration"),
        Row(.zap, metadata: true, encrypted: true, "SA attr layouts"),
        Row(.zap, metadata: true, encrypted: false, "scan translations"),
        Row(.uint8, metadata: false, encrypted: true, "deduplicated block"),
        Row(.zap, metadata: true, encrypted: false, "DSL deadlist map"),
        Row(.uint64, metadata: true, encrypted: false, "DSL deadlist map hdr"),
        Row(.zap, metadata: true, encrypted: false, "DSL dir clones"),
        Row(.uint64, metadata: true, encrypted: false, "bpobj subobj"),
    ]
}
