import Bytes

/// What going back to a state would undo: datasets made and destroyed since, and what was written to the others.
package struct RewindChanges: Sendable {
    /// File systems, volumes and snapshots made since, which would be lost.
    package internal(set) var created: [String] = []
    /// Those destroyed since, which would be there again.
    package internal(set) var destroyed: [String] = []
    /// Those that have got another name since: what they were called, by what they are called now.
    package internal(set) var renamed: [Renamed] = []
    /// What was written to file systems and volumes since.
    package internal(set) var datasets: [DatasetChange] = []

    /// A file system, volume or snapshot with the name that it has now and the one that it would have again.
    package struct Renamed: Sendable, Hashable {
        package let name: String
        package let former: String
    }

    package init() {}

    /// Objects changed or made since, in all datasets.
    package var objectCount: UInt64 { datasets.reduce(0) { $0 + $1.objectCount } }
    /// Data written since, in bytes.
    package var byteCount: UInt64 { datasets.reduce(0) { $0 &+ $1.byteCount } }

    var record: Record {
        Record([
            "created_since": .list(created.map { .text($0) }),
            "destroyed_since": .list(destroyed.map { .text($0) }),
            "renamed_since": .list(
                renamed.map {
                    .record(Record(["name": .text($0.name), "former": .text($0.former)]))
                }),
            "changed_objects": .number(objectCount), "written_since": .bytes(byteCount),
            "changes": .list(datasets.map { .record($0.record) }),
        ])
    }
}
