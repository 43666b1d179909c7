import Bytes
import Datasets
import Objects
import Vdevs

/// The states of the last scrub or resilver and of the last scrub of known errors.
///
/// Mirrors what `dsl_scan_init` and `dsl_scan_sync` (`module/zfs/dsl_scan.c`) take for granted.
struct ScanCheck: Check {
    static let kinds: [ProblemKind] = [.scanState]

    /// `dsl_scan_phys_t` has 24 words; a bug of 2014 stored 25 (errata 1).
    private static let wordCounts = 24...25
    /// `DSF_VISIT_DS_AGAIN`, `DSF_SCRUB_PAUSED`, `DSF_SCRUB_THOROUGH`.
    private static let knownFlags: UInt64 = 7
    /// `DDT_CLASSES`, `DDT_TYPES` and `ZIO_CHECKSUM_FUNCTIONS`, which stand there once the walk is through.
    private static let dedupClasses: UInt64 = 3
    private static let dedupTypes: UInt64 = 1
    private static let checksums: UInt64 = 15
    /// `ZB_DESTROYED_OBJSET`: the dataset at hand was destroyed.
    private static let destroyed = UInt64.max

    func run(_ context: CheckContext) {
        if let value = context.pool.directory.value(.scan) {
            if !Self.wordCounts.contains(value.count) || value.integerSize != 8 {
                report("scan", "it has \(value.count) words", context)
            } else if let state = try? ScanState(words: value.words) {
                check(state, context)
            }
        }
        guard let value = context.pool.directory.value(.errorScrub) else { return }
        guard value.integerSize == 8, value.count == ErrorScrubState.byteCount / 8,
            let state = try? ErrorScrubState(words: value.words)
        else {
            report("error_scrub", "it has \(value.count) words", context)
            return
        }
        if state.function.rawValue > ScanFunction.errorScrub.rawValue {
            report("error_scrub", "dep_func is \(state.function.rawValue)", context)
        }
        if state.state.rawValue > ScanProgress.scrubbingErrors.rawValue {
            report("error_scrub", "dep_state is \(state.state.rawValue)", context)
        }
    }

    private func check(_ state: ScanState, _ context: CheckContext) {
        if state.function.rawValue > ScanFunction.errorScrub.rawValue {
            report("scan", "scn_func is \(state.function.rawValue)", context)
        }
        if state.state.rawValue > ScanProgress.scrubbingErrors.rawValue {
            report("scan", "scn_state is \(state.state.rawValue)", context)
        }
        if state.flags & ~Self.knownFlags != 0 {
            report("scan", "scn_flags is 0x\(String(state.flags, radix: 16))", context)
        }
        if state.maxTxg > context.pool.txg {
            report("scan", "scn_max_txg is \(state.maxTxg)", context)
        }
        // Where the walk over the tables of dedup goes on; the kernel takes it for an index (`ddt_walk`, `module/zfs/ddt.c`).
        if state.dedupClass > Self.dedupClasses || state.dedupType > Self.dedupTypes
            || state.dedupChecksum > Self.checksums
        {
            report(
                "scan",
                "it is at class \(state.dedupClass), type \(state.dedupType) and checksum "
                    + "\(state.dedupChecksum) of dedup", context)
        }
        // There is no state before the first scan begins, and each leaves behind what it was (`dsl_scan_setup_sync`).
        if state.function == .none, state.state != .none {
            report("scan", "it is \(state.state), and nothing was scanned", context)
        }
        guard state.isRunning else {
            // `dsl_scan_done` frees it.
            if state.queue != 0 { report("scan", "it ended and has a queue", context) }
            return
        }
        if state.minTxg > state.maxTxg {
            report("scan", "scn_min_txg is \(state.minTxg)", context)
        }
        checkQueue(state.queue, context)
        checkPlace(state, context)
    }

    private func checkQueue(_ number: UInt64, _ context: CheckContext) {
        do throws(PoolError) {
            let object = try context.pool.meta.object(number)
            guard object.type != .scanQueue else { return }
            report("scan", "the queue is an object of type \(object.type)", context)
        } catch {
            guard !error.isUnreadableBlock else {
                context.leaveUnchecked("the queue of the scan", "\(error)")
                return
            }
            report("scan", "there is no queue: \(error)", context)
        }
    }

    private func checkPlace(_ state: ScanState, _ context: CheckContext) {
        guard state.dataset != 0, state.dataset != Self.destroyed else { return }
        if let object = try? context.pool.meta.object(state.dataset),
            object.dnode.bonusType == .dslDataset
        {
            return
        }
        report("scan", "it is at dataset \(state.dataset), which does not exist", context)
    }

    private func report(_ key: String, _ why: String, _ context: CheckContext) {
        var location = Location()
        location.objectSet = 0
        location.object = ObjectDirectory.objectNumber
        location.key = key
        context.report(
            Problem(.scanState, at: location, evidence: Record(["cause": .text(why)])))
    }
}
