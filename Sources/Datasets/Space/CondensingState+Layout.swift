package import Bytes

extension CondensingState {
    /// Where each field of `spa_condensing_indirect_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 24

        package static let vdev = Field<UInt64>("scip_vdev", at: 0)
        package static let previousObsoleteMap = Field<UInt64>(
            "scip_prev_obsolete_sm_object", at: 8)
        package static let nextMapping = Field<UInt64>("scip_next_mapping_object", at: 16)

        package static let fields = [
            AnyField(vdev),
            AnyField(previousObsoleteMap),
            AnyField(nextMapping),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
