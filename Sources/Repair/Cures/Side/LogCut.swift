import Bytes
import Datasets
import Files
import Objects
import Vdevs
import Verify

/// Where the intent log of one dataset is to end.
struct LogCut: Sendable {
    let objectSet: UInt64
    let problems: [Problem]
    let what: String
    let losses: [RepairLoss]
    /// The block and the record that are the last; nil where the log goes as a whole.
    private let last: (block: UInt64, record: UInt64)?
    /// Only bits of the flags are cleared that can't be set.
    private let clearsFlags: Bool

    /// `ZIL_REPLAY_NEEDED` and `ZIL_CLAIM_LR_SEQ_VALID` (`include/sys/zil.h`).
    private static let (knownFlags, hasClaimedRecord): (UInt64, UInt64) = (3, 2)
    /// Records that are listed one by one.
    private static let mostListed = 1000

    init(_ dataset: Dataset, _ set: ObjectSet, _ problems: [Problem]) {
        let log = IntentLog(set.header.intentLog, source: set.source)
        objectSet = dataset.object
        self.problems = problems
        let header = log.header
        let unread = RepairLoss(
            dataset: dataset.name, "what of the intent log can't be read")
        guard !log.isEmpty else {
            what = "Clear the header of the intent log of \(dataset.name), which has no log"
            // There was one where it says that it was claimed.
            losses = header.claimTxg.rawValue == 0 ? [] : [unread]
            (last, clearsFlags) = (nil, false)
            return
        }
        let rest = problems.filter { problem in
            guard problem.kind == .logHeader, case .text(let cause)? = problem.evidence["cause"]
            else { return true }
            return !cause.hasPrefix("the flags are")
        }
        clearsFlags = rest.isEmpty
        guard !clearsFlags else {
            what = "Clear the flags of the intent log of \(dataset.name) that can't be set"
            losses = []
            last = nil
            return
        }
        let sound = header.claimTxg.rawValue == 0 ? nil : LogPrefix(of: log, before: rest)
        let isCut = sound?.last != nil && !rest.contains { $0.kind == .logHeader }
        last = isCut ? sound?.last : nil
        what =
            last.map { "Cut the intent log of \(dataset.name) off behind record \($0.record)" }
            ?? "Drop the intent log of \(dataset.name)"
        let losses = Self.losses(
            log, behind: isCut ? sound?.count ?? 0 : 0, LoggedLosses(dataset.name, in: set))
        self.losses = losses.isEmpty ? [unread] : losses
    }

    /// What is lost with the records behind the first `count`.
    private static func losses(
        _ log: IntentLog, behind count: Int, _ losses: LoggedLosses
    ) -> [RepairLoss] {
        var losses = losses
        var listed: [RepairLoss] = []
        var place = 0
        var moreCount = 0
        _ = log.forEachBlock { block in
            for record in block.records {
                place += 1
                guard place > count, record.sequence > log.header.replaySequence else { continue }
                if listed.count < mostListed {
                    listed.append(losses.loss(record))
                } else {
                    moreCount += 1
                }
            }
        }
        if moreCount > 0 {
            listed.append(
                RepairLoss(
                    dataset: losses.dataset, "\(moreCount) more records of the intent log"))
        }
        return listed
    }

    func apply(to set: inout ObjectSetDraft) throws(RepairError) {
        let range = ObjectSetHeader.Layout.intentLog.range
        let (order, last, clears) = (set.set.header.order, last, clearsFlags)
        var bytes = [UInt8](set.set.header.bytes[range])
        let header = set.set.header.intentLog
        // All of them are set by whoever claims a log.
        let flags = header.claimTxg.rawValue == 0 ? 0 : header.flags & Self.knownFlags
        typealias Layout = IntentLogHeader.Layout
        bytes = try RepairError.format(of: nil) { () throws(FormatError) in
            var bytes = bytes
            if clears {
                try Layout.flags.write(flags, into: &bytes, order)
            } else if let last {
                try Layout.claimBlockSequence.write(last.block, into: &bytes, order)
                try Layout.claimRecordSequence.write(last.record, into: &bytes, order)
                try Layout.flags.write(flags | Self.hasClaimedRecord, into: &bytes, order)
            } else {
                bytes = [UInt8](repeating: 0, count: bytes.count)
            }
            return bytes
        }
        set.intentLog = bytes
    }
}
