import Bytes

/// What was written to a file system or volume since an older state, as far as it is still there.
package struct DatasetChange: Sendable {
    package let dataset: String
    /// Objects (files, directories and others) that have contents of a later group.
    package let objectCount: UInt64
    /// The logical size of the data blocks of later groups, in bytes.
    package let byteCount: UInt64
    /// Some of the objects: paths, or numbers where there is no path.
    package let paths: [String]

    var record: Record {
        Record([
            "dataset": .text(dataset), "objects": .number(objectCount),
            "bytes": .bytes(byteCount), "paths": .list(paths.map { .text($0) }),
        ])
    }
}
