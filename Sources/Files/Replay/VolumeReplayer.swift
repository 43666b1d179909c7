import Bytes
import Objects
import Vdevs

/// Applies the records of a volume's intent log to a view of its bytes.
///
/// Mirrors `zvol_replay_write`, `zvol_replay_truncate` and `zvol_replay_clone_range`
/// (`module/zfs/zvol.c`).
struct VolumeReplayer {
    let size: UInt64
    private(set) var edits = FileEdits()
    private(set) var summary = ReplaySummary()

    /// What the changes may take, in bytes.
    private let memory: Int

    init(size: UInt64, memory: Int) {
        self.size = size
        self.memory = memory
    }

    mutating func run(_ log: IntentLog, after txg: TransactionGroup) {
        let followed = log.forEachPending(after: txg, memory: memory) { record in
            if let why = refusal(record) {
                summary.refuse(record, why)
            } else {
                summary.applied[record.type, default: 0] += 1
            }
        }
        summary.add(followed)
    }

    /// Applies a record, or says why it can't be.
    private mutating func refusal(_ record: LogRecord) -> String? {
        switch record.body {
        case .encrypted: return "it is encrypted and no key was given"
        case .damaged(let error): return "\(error)"
        case .decoded(let body as LoggedWrite): return write(body)
        case .decoded(let body as LoggedTruncation):
            let (end, overflow) = body.offset.addingReportingOverflow(body.length)
            edits.lay(body.offset..<(overflow ? .max : end), .zeros)
            return nil
        case .decoded(let body as LoggedClone): return clone(body)
        default: return "a volume's log has no such records"
        }
    }

    private mutating func write(_ body: LoggedWrite) -> String? {
        let (end, overflow) = body.offset.addingReportingOverflow(body.length)
        guard !overflow else { return "it reaches past the highest offset" }
        switch body.source {
        case .tree: break
        case .inline(let bytes): edits.lay(body.offset..<end, .bytes(bytes, at: body.offset))
        case .block:
            let size = UInt64(body.pointer.logicalSize)
            guard size > 0 else { return "its block has no bytes" }
            let start = body.length < size ? body.offset - body.offset % size : body.offset
            let (blockEnd, passes) = start.addingReportingOverflow(size)
            guard !passes else { return "it reaches past the highest offset" }
            edits.lay(
                start..<blockEnd,
                body.pointer.isHole ? .zeros : .block(body.pointer, at: start))
        }
        return nil
    }

    private mutating func clone(_ body: LoggedClone) -> String? {
        guard body.blockSize > 0 else { return "its blocks have no size" }
        var place = body.offset
        for pointer in body.pointers {
            let (end, overflow) = place.addingReportingOverflow(body.blockSize)
            guard !overflow else { return "it reaches past the highest offset" }
            edits.lay(place..<end, pointer.isHole ? .zeros : .block(pointer, at: place))
            place = end
        }
        return nil
    }
}
