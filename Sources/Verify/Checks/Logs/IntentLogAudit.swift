import Bytes
import Codecs
import Datasets
import Files
import Objects
import Vdevs

/// The check of one intent log.
struct IntentLogAudit {
    private let context: CheckContext
    private let dataset: Dataset
    private let set: ObjectSet
    private let log: IntentLog
    private var lastSequence: UInt64?
    private var lastGroup = TransactionGroup(0)
    /// Files or a volume; what else there is logs as it likes.
    private let isOfFiles: Bool
    private var count = 0

    /// Findings of one log that are worth reading.
    private static let limit = 100

    init(_ context: CheckContext, _ dataset: Dataset, _ set: ObjectSet) {
        self.context = context
        self.dataset = dataset
        self.set = set
        isOfFiles = [.filesystem, .volume].contains(set.header.type)
        log = IntentLog(set.header.intentLog, source: set.source)
    }

    mutating func run() {
        checkReserved()
        guard !log.isEmpty else { return }
        checkHeader()
        var hasRecords = false
        let end = log.forEachBlock { block in
            check(block)
            for record in block.records { check(record, in: block) }
            if !block.records.isEmpty { hasRecords = true }
        }
        if case .damaged(let pointer, let error) = end {
            report(.logChain, block: pointer.checksum.word3, cause: "\(error)")
        }
        if hasRecords { replay() }
    }

    /// What no version sets, whether there is a log or not.
    private mutating func checkReserved() {
        if log.header.flags & ~Self.knownFlags != 0 {
            report(
                .logHeader, block: nil,
                cause: "the flags are 0x\(String(log.header.flags, radix: 16))")
        }
        // One that was claimed may be given up later, when its device is missing (`zil_claim`), and the flags stay.
        if log.isEmpty, log.header.flags != 0, log.header.claimTxg.rawValue == 0 {
            report(.logHeader, block: nil, cause: "there is no log, and it is to be replayed")
        }
        if let flaw = flaw(inPointer: log.header.log) {
            report(.logHeader, block: nil, cause: "the \(flaw.field) of zh_log is \(flaw.value)")
        }
        let header = set.header.bytes[ObjectSetHeader.Layout.intentLog.range]
        let padding = IntentLogHeader.Layout.padding.range
        if header.dropFirst(padding.lowerBound).prefix(padding.count).contains(where: { $0 != 0 }) {
            report(
                .logHeader, block: nil,
                cause: "\(IntentLogHeader.Layout.padding.name) is not zero")
        }
    }

    /// What the pointer to a log says that such a pointer never does; one to no log is all zero.
    private func flaw(inPointer pointer: BlockPointer) -> (field: String, value: UInt64)? {
        guard !pointer.isHole else {
            return pointer.words.indices.first { pointer.words[$0] != 0 }
                .map { ("word \($0)", pointer.words[$0]) }
        }
        let place = BlockPlace(
            objectSet: dataset.object, object: 0, level: 0, index: 0, origin: .intentLog)
        if let flaw = PointerSanity.flaw(of: pointer, in: place) {
            return (flaw.field, flaw.value)
        }
        if pointer.words[7] != 0 { return ("second properties", pointer.words[7]) }
        return pointer.addressFlaw
    }

    /// Mirrors what `zil_claim` and `zil_replay` (`module/zfs/zil.c`) take for granted.
    private mutating func checkHeader() {
        let header = log.header
        if header.claimTxg.rawValue == 0, header.flags & Self.knownFlags != 0 {
            report(
                .logHeader, block: nil,
                cause: "the flags are 0x\(String(header.flags, radix: 16)), and nobody has claimed "
                    + "it")
        }
        if header.claimTxg > context.pool.txg {
            report(
                .logHeader, block: nil, cause: "it was claimed in txg \(header.claimTxg)")
        }
        if header.claimTxg.rawValue != 0, header.hasClaimedRecord,
            header.replaySequence > header.claimRecordSequence
        {
            report(
                .logHeader, block: nil,
                cause: "record \(header.replaySequence) was replayed, and the last that was "
                    + "claimed is \(header.claimRecordSequence)")
        }
        if header.log.checksum.word2 != dataset.object {
            report(
                .logHeader, block: nil,
                cause: "the log is that of dataset \(header.log.checksum.word2)")
        }
    }

    /// `ZIL_REPLAY_NEEDED` and `ZIL_CLAIM_LR_SEQ_VALID` (`include/sys/zil.h`).
    private static let knownFlags: UInt64 = 3

    private mutating func check(_ block: LogBlock) {
        // It was allocated in a group that was open then.
        lastGroup = max(lastGroup, block.pointer.birth)
        let place = BlockPlace(
            objectSet: dataset.object, object: 0, level: 0, index: block.sequence &+ 1,
            origin: .intentLog)
        let next = block.chain.next
        if !next.isHole, let flaw = PointerSanity.flaw(of: next, in: place) {
            report(
                .logChain, block: block.sequence,
                cause: "the \(flaw.field) of the next block is \(flaw.value)")
        }
        if block.chain.padding != 0 {
            report(.logChain, block: block.sequence, cause: "zc_pad is \(block.chain.padding)")
        }
    }

    private mutating func check(_ record: LogRecord, in block: LogBlock) {
        let expected = lastSequence.map { $0 &+ 1 } ?? record.sequence
        defer { lastSequence = expected }
        if !record.type.isKnown {
            refuse(record, block, "its type is \(record.type.rawValue)")
        } else if case .damaged(let error) = record.body {
            refuse(record, block, "\(error)")
        } else if let flaw = flaw(inUnused: record) {
            refuse(record, block, flaw)
        } else if record.byteCount % 8 != 0 || !hasRightSize(record) {
            refuse(record, block, "it has \(record.byteCount) bytes")
        } else if record.sequence != expected {
            refuse(record, block, "the record before it has number \(expected &- 1)")
        } else if isOfFiles, let flaw = flaw(ofGroup: record) {
            refuse(record, block, flaw)
        }
        lastGroup = max(lastGroup, record.txg)
        for pointer in record.pointers { check(pointer, record, block) }
    }

    /// A truncation has nothing behind its fields (`zfs_log_truncate`, `module/zfs/zfs_log.c`).
    private func hasRightSize(_ record: LogRecord) -> Bool {
        guard case .decoded(is LoggedTruncation) = record.body else { return true }
        return record.byteCount == LoggedTruncation.Layout.length.offset + 8
    }

    /// Who brings the bytes along leaves the pointer empty (`zfs_log_write`), or the space that it names is claimed.
    private func flaw(inUnused record: LogRecord) -> String? {
        guard case .decoded(let body as LoggedWrite) = record.body, case .inline = body.source,
            body.pointer.words.indices.contains(where: { body.pointer.words[$0] != 0 })
        else { return nil }
        return "it has its bytes with it, and a block besides"
    }

    /// How many groups can be open at once, one behind the other (`TXG_CONCURRENT_STATES`, `include/sys/txg.h`).
    private static let openGroups: UInt64 = 3

    /// Records are written group by group, except that a change may come late to one that is still open; a file is born in
    /// the group of the record that makes it (`zil_itx_assign`, `zfs_log_create`).
    private func flaw(ofGroup record: LogRecord) -> String? {
        if lastGroup.rawValue > Self.openGroups,
            record.txg.rawValue <= lastGroup.rawValue - Self.openGroups
        {
            return "its group is \(record.txg), and \(lastGroup) was before it"
        }
        guard case .decoded(let body as LoggedCreation) = record.body,
            body.generation != record.txg.rawValue
        else { return nil }
        return "its group is \(record.txg), and the file was born in \(body.generation)"
    }

    private mutating func refuse(_ record: LogRecord, _ block: LogBlock, _ why: String) {
        report(.logRecord, block: block.sequence, record: record, cause: why)
    }

    private mutating func check(_ pointer: BlockPointer, _ record: LogRecord, _ block: LogBlock) {
        guard !pointer.isHole else { return }
        let place = BlockPlace(
            objectSet: dataset.object, object: 0, level: 0, index: block.sequence,
            origin: .intentLog)
        if let flaw = PointerSanity.flaw(of: pointer, in: place) {
            report(
                .logPointer, block: block.sequence, record: record,
                cause: "the \(flaw.field) is \(flaw.value)")
        } else if !pointer.isEmbedded, !hasVdev(pointer.dva(0).vdev) {
            report(
                .logPointer, block: block.sequence, record: record,
                cause: "there is no vdev \(pointer.dva(0).vdev)")
        }
    }

    private func hasVdev(_ number: UInt32) -> Bool {
        Int(number) < context.pool.rootConfig.children.count
    }

    /// Replays the log in memory, where the contents can be read.
    private mutating func replay() {
        guard !context.contents.isLocked(dataset), let contents = try? DatasetContents(set) else {
            return
        }
        let summary: ReplaySummary
        // As many logs are replayed at once as there are threads; the walk has given back its half by now.
        let memory = context.options.memory / 2 / max(1, context.options.threadCount)
        switch contents {
        case .filesystem(let filesystem):
            (_, summary) = filesystem.replayed(after: context.pool.txg, memory: memory)
        case .volume(let volume, let set):
            (_, summary) = volume.replayed(in: set, after: context.pool.txg, memory: memory)
        case .other: return
        }
        for (record, why) in summary.refused {
            report(.logRecordRefused, block: nil, key: record, cause: why)
        }
        if let first = summary.firstOmitted {
            context.leaveUnchecked(
                "the intent log of \(dataset.name) from record \(first) on",
                "what its records change takes more than the memory that there is for it; a larger `--memory` may be enough"
            )
        }
    }

    private mutating func report(
        _ kind: ProblemKind, block: UInt64?, record: LogRecord? = nil, key: String? = nil,
        cause: String
    ) {
        count += 1
        guard count <= Self.limit else { return }
        var location = Location()
        location.dataset = dataset.name
        location.objectSet = dataset.object
        location.blockID = block
        location.key = key ?? record.map { "\($0.type) number \($0.sequence)" }
        context.report(
            Problem(kind, at: location, evidence: Record(["cause": .text(cause)])))
    }
}
