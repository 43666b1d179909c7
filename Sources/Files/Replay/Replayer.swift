import Bytes
import Objects
import Vdevs

/// Applies the records of an intent log to a view of a file system, one after another.
///
/// Nothing is written: what changes is kept beside the file system. Times of change that the kernel would
/// take from its clock stay as they were. Mirrors `zil_replay_log_record` (`module/zfs/zil.c`) and the
/// functions of `module/zfs/zfs_replay.c`.
struct Replayer {
    let base: Filesystem
    var changes = ReplayedChanges()
    private(set) var summary = ReplaySummary()
    /// What the changes may take, in bytes.
    private let memory: Int

    /// Why a record can't be applied.
    struct Refusal: Error {
        let why: String
    }

    init(_ base: Filesystem, memory: Int) {
        self.base = base
        self.memory = memory
    }

    /// Applies a log, as far as there is memory for it; `after` is the txg that the pool has committed.
    mutating func run(_ log: IntentLog, after txg: TransactionGroup) {
        let followed = log.forEachPending(after: txg, memory: memory) { take($0) }
        summary.add(followed)
    }

    private mutating func take(_ record: LogRecord) {
        do throws(Refusal) {
            switch record.body {
            case .decoded(let body): try apply(body, record)
            case .unknown: throw Refusal(why: "this version does not know its type")
            case .encrypted: throw Refusal(why: "it is encrypted and no key was given")
            case .damaged(let error): throw Refusal(why: "\(error)")
            }
            summary.applied[record.type, default: 0] += 1
        } catch {
            summary.refuse(record, error.why)
        }
    }

    /// Notes what of a record's outcome is not shown.
    mutating func approximate(_ record: LogRecord, _ what: String) {
        summary.approximate(record, what)
    }

    private mutating func apply(
        _ body: any LogRecordBody, _ record: LogRecord
    ) throws(Refusal) {
        switch body {
        case let body as LoggedCreation: try create(body, record.type)
        case let body as LoggedRemoval: try remove(body, record.type)
        case let body as LoggedLink: try link(body)
        case let body as LoggedRename: try rename(body, record.type)
        case let body as LoggedWrite: try write(body)
        case let body as LoggedTruncation: try truncate(body)
        case let body as LoggedClone: try clone(body)
        case let body as LoggedAttributes: try set(body, record)
        case let body as LoggedACL: try set(body, record)
        case let body as LoggedExtendedAttribute: try set(body)
        default: throw Refusal(why: "it can't be shown")
        }
    }

    /// The attributes of a file as they are by now; throws where there is none of that number.
    func attributes(_ number: UInt64) throws(Refusal) -> ObjectAttributes {
        if let changed = changes.files[number] { return changed }
        do throws(FilesError) {
            return try base.attributes(of: try base.object(number))
        } catch {
            throw Refusal(why: "\(error)")
        }
    }

    /// The entry of a directory as it is by now.
    func entry(_ name: FileName, in directory: UInt64) throws(Refusal) -> DirectoryEntry? {
        let known = changes.directories[directory]
        if let changed = known?.entries[name] { return changed }
        if known?.isNew == true { return nil }
        do {
            return try Directory(try base.object(directory), matcher: base.matcher).lookup(name)
        } catch {
            throw Refusal(why: "\(error)")
        }
    }
}
