package import Bytes

extension DSLDirectory {
    /// Where each field of `dsl_dir_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 256

        package static let creationTime = Field<UInt64>("dd_creation_time", at: 0)
        package static let headDataset = Field<UInt64>("dd_head_dataset_obj", at: 8)
        package static let parent = Field<UInt64>("dd_parent_obj", at: 16)
        package static let origin = Field<UInt64>("dd_origin_obj", at: 24)
        package static let childMap = Field<UInt64>("dd_child_dir_zapobj", at: 32)
        package static let usedBytes = Field<UInt64>("dd_used_bytes", at: 40)
        package static let compressedBytes = Field<UInt64>("dd_compressed_bytes", at: 48)
        package static let uncompressedBytes = Field<UInt64>("dd_uncompressed_bytes", at: 56)
        package static let quota = Field<UInt64>("dd_quota", at: 64)
        package static let reserved = Field<UInt64>("dd_reserved", at: 72)
        package static let properties = Field<UInt64>("dd_props_zapobj", at: 80)
        package static let delegations = Field<UInt64>("dd_deleg_zapobj", at: 88)
        package static let flags = Field<UInt64>("dd_flags", at: 96)
        package static let usedByHead = Field<UInt64>("dd_used_breakdown[HEAD]", at: 104)
        package static let usedBySnapshots = Field<UInt64>("dd_used_breakdown[SNAP]", at: 112)
        package static let usedByChildren = Field<UInt64>("dd_used_breakdown[CHILD]", at: 120)
        package static let usedByChildReservations = Field<UInt64>(
            "dd_used_breakdown[CHILD_RSRV]", at: 128)
        package static let usedByReservation = Field<UInt64>("dd_used_breakdown[REFRSRV]", at: 136)
        package static let clones = Field<UInt64>("dd_clones", at: 144)

        package static let fields = [
            AnyField(creationTime),
            AnyField(headDataset),
            AnyField(parent),
            AnyField(origin),
            AnyField(childMap),
            AnyField(usedBytes),
            AnyField(compressedBytes),
            AnyField(uncompressedBytes),
            AnyField(quota),
            AnyField(reserved),
            AnyField(properties),
            AnyField(delegations),
            AnyField(flags),
            AnyField(usedByHead),
            AnyField(usedBySnapshots),
            AnyField(usedByChildren),
            AnyField(usedByChildReservations),
            AnyField(usedByReservation),
            AnyField(clones),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
