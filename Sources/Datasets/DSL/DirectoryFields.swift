package import Bytes
package import Objects

/// What a DSL directory carries besides its fixed fields: the object is a ZAP too once any of it is needed.
///
/// Mirrors the `DD_FIELD_*` names (`include/sys/dsl_dir.h`).
package struct DirectoryFields: Sendable {
    private let values: [String: ZAPValue]

    package init(_ values: [String: ZAPValue] = [:]) { self.values = values }

    /// How many file systems and volumes lie below; kept where limits are in use.
    package var filesystemCount: UInt64? { values["com.joyent:filesystem_count"]?.uint64 }
    /// How many snapshots there are at and below it; kept where limits are in use.
    package var snapshotCount: UInt64? { values["com.joyent:snapshot_count"]?.uint64 }
    /// The object of the wrapped keys of an encrypted dataset.
    package var cryptoKey: UInt64? { values["com.datto:crypto_key_obj"]?.uint64 }
    /// The deadlist-like list of a clone's own blocks.
    package var livelist: UInt64? { values["com.delphix:livelist"]?.uint64 }
    /// When the list of snapshots last changed: seconds since 1970, and nanoseconds.
    package var snapshotsChanged: [UInt64]? { values["com.ixsystems:snapshots_changed"]?.words }

    /// Everything that is there, by its name on disk.
    package var record: Record {
        var record = Record()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            record.add(name, value.recordValue)
        }
        return record
    }
}
