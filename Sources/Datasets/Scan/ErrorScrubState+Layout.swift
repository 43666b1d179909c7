package import Bytes

extension ErrorScrubState {
    /// Where each field of `dsl_errorscrub_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 72

        package static let function = Field<UInt64>("dep_func", at: 0)
        package static let state = Field<UInt64>("dep_state", at: 8)
        package static let cursor = Field<UInt64>("dep_cursor", at: 16)
        package static let startTime = Field<UInt64>("dep_start_time", at: 24)
        package static let endTime = Field<UInt64>("dep_end_time", at: 32)
        package static let toExamine = Field<UInt64>("dep_to_examine", at: 40)
        package static let examined = Field<UInt64>("dep_examined", at: 48)
        package static let errors = Field<UInt64>("dep_errors", at: 56)
        package static let pausedFlags = Field<UInt64>("dep_paused_flags", at: 64)

        package static let fields = [
            AnyField(function),
            AnyField(state),
            AnyField(cursor),
            AnyField(startTime),
            AnyField(endTime),
            AnyField(toExamine),
            AnyField(examined),
            AnyField(errors),
            AnyField(pausedFlags),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
