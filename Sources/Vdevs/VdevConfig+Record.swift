package import Bytes

extension VdevConfig {
    /// Everything that the configuration tells, unknown names included.
    package var record: Record { list.record(present: ConfigKey.present) }
}
