package import Bytes

extension RemovalState {
    /// Where each field of `spa_removing_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 56

        package static let state = Field<UInt64>("sr_state", at: 0)
        package static let removingVdev = Field<UInt64>("sr_removing_vdev", at: 8)
        package static let previousIndirectVdev = Field<UInt64>("sr_prev_indirect_vdev", at: 16)
        package static let startTime = Field<UInt64>("sr_start_time", at: 24)
        package static let endTime = Field<UInt64>("sr_end_time", at: 32)
        package static let toCopy = Field<UInt64>("sr_to_copy", at: 40)
        package static let copied = Field<UInt64>("sr_copied", at: 48)

        package static let fields = [
            AnyField(state),
            AnyField(removingVdev),
            AnyField(previousIndirectVdev),
            AnyField(startTime),
            AnyField(endTime),
            AnyField(toCopy),
            AnyField(copied),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
