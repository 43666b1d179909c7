import Bytes
import Datasets
import Files
import Objects

/// What is given up with records of an intent log, by the files that they are about.
///
/// A file that is made in the log is known by what the log calls it; one that is there already by its path.
struct LoggedLosses {
    let dataset: String
    private let filesystem: Filesystem?
    /// Paths of what lost records make, by object.
    private var made: [UInt64: String] = [:]

    /// `set` is that of a file system or a volume.
    init(_ dataset: String, in set: ObjectSet) {
        self.dataset = dataset
        filesystem = try? Filesystem(set)
    }

    /// What the next record of the log does.
    mutating func loss(_ record: LogRecord) -> RepairLoss {
        let what = "record \(record.sequence) of the intent log (\(record.type))"
        guard case .decoded(let body) = record.body else {
            return RepairLoss(dataset: dataset, what)
        }
        switch body {
        case let write as LoggedWrite:
            return change(of: write.object, write.offset, write.length, what)
        case let clone as LoggedClone:
            return change(of: clone.object, clone.offset, clone.length, what)
        case let truncation as LoggedTruncation:
            return change(of: truncation.object, truncation.offset, truncation.length, what)
        case let creation as LoggedCreation:
            let path = path(of: creation.name, in: creation.directory)
            made[creation.object] = path
            return RepairLoss(dataset: dataset, object: creation.object, path: path, what)
        case let link as LoggedLink:
            return RepairLoss(
                dataset: dataset, object: link.object,
                path: path(of: link.name, in: link.directory),
                what)
        case let removal as LoggedRemoval:
            return RepairLoss(
                dataset: dataset, path: path(of: removal.name, in: removal.directory), what)
        case let rename as LoggedRename:
            let target = path(of: rename.targetName, in: rename.targetDirectory)
            return RepairLoss(
                dataset: dataset, path: path(of: rename.sourceName, in: rename.sourceDirectory),
                target.map { "\(what) to \($0)" } ?? what)
        case let attributes as LoggedAttributes: return change(of: attributes.object, what)
        case let acl as LoggedACL: return change(of: acl.object, what)
        case let attribute as LoggedExtendedAttribute: return change(of: attribute.object, what)
        default: return RepairLoss(dataset: dataset, what)
        }
    }

    private func change(of object: UInt64, _ what: String) -> RepairLoss {
        RepairLoss(dataset: dataset, object: object, path: path(of: object), what)
    }

    private func change(
        of object: UInt64, _ offset: UInt64, _ length: UInt64, _ what: String
    ) -> RepairLoss {
        let (end, overflow) = offset.addingReportingOverflow(length)
        return RepairLoss(
            dataset: dataset, object: object, path: path(of: object),
            range: overflow || length == 0 ? nil : offset..<end, what)
    }

    private func path(of object: UInt64) -> String? {
        made[object] ?? (try? filesystem?.path(of: object)).map(Filesystem.text)
    }

    private func path(of name: FileName, in directory: UInt64) -> String? {
        path(of: directory).map { $0 == "/" ? "/\(name)" : "\($0)/\(name)" }
    }
}
