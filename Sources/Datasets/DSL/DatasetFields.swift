package import Bytes
package import Objects

/// What a dataset carries besides its fixed fields: the object is a ZAP too once any of it is needed.
///
/// A feature that counts datasets is marked by an entry of its own GUID string. Mirrors the `DS_FIELD_*` names
/// (`include/sys/dsl_dataset.h`).
package struct DatasetFields: Sendable {
    private let values: [String: ZAPValue]

    package init(_ values: [String: ZAPValue] = [:]) { self.values = values }

    /// The ZAP of bookmarks.
    package var bookmarks: UInt64? { values["com.delphix:bookmarks"]?.uint64 }
    /// Obsolete blocks of removed vdevs that snapshots still refer to.
    package var remapDeadlist: UInt64? { values["com.delphix:remap_deadlist"]?.uint64 }
    /// Which set of IVs an encrypted snapshot has.
    package var ivsetGUID: GUID? { values["com.datto:ivset_guid"]?.uint64.map { GUID($0) } }
    /// The short names of the features that this dataset uses.
    package var features: [KnownFeature] {
        KnownFeature.all.filter { $0.traits.contains(.perDataset) && values[$0.guid] != nil }
    }
    /// The GUIDs of the snapshots by which a received dataset is redacted; nil where it is not.
    package var redactionSnapshots: [GUID]? {
        values["com.delphix:redacted_datasets"]?.words.map { GUID($0) }
    }
    /// The state of an interrupted `zfs receive -s`, by the part of the name after `resume_`.
    package var resumeState: [String: ZAPValue] {
        var state: [String: ZAPValue] = [:]
        for (name, value) in values {
            guard let colon = name.firstIndex(of: ":") else { continue }
            let own = name[name.index(after: colon)...]
            guard own.hasPrefix("resume_") else { continue }
            state[String(own.dropFirst("resume_".count))] = value
        }
        return state
    }

    /// Everything that is there, by its name on disk.
    package var record: Record {
        var record = Record()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            record.add(name, value.recordValue)
        }
        return record
    }
}
