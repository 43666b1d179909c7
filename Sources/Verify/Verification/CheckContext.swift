package import Datasets
package import Devices
package import Files
import Synchronization
import Vdevs

/// What all checks of one run share: the pool, what was asked for, the census, and where findings go.
///
/// Checks may run in many threads at once.
package final class CheckContext: Sendable {
    /// The pool with the keys that were given.
    package let contents: PoolContents
    package let options: VerifyOptions
    package let meter: ProgressMeter
    package let interruption: Interruption
    /// What the walk over the pool brought; empty before it and where it was not asked for.
    package let census: Census
    /// What checks of datasets share.
    package let dsl = DSLFacts()
    /// What objects the MOS has, for several checks.
    let meta = MetaFacts()
    /// What the deep walk found out about copies.
    let copies = CopyFindings()
    /// What proves the blocks of encrypted datasets; nil where nobody asked for that.
    let codes: BlockCodes?
    private let findings: FindingSink
    private let survey = Mutex<LabelSurvey?>(nil)

    init(
        _ contents: PoolContents, _ options: VerifyOptions, meter: ProgressMeter,
        interruption: Interruption,
        census: Census, findings: FindingSink
    ) {
        self.contents = contents
        self.options = options
        self.meter = meter
        self.interruption = interruption
        self.census = census
        self.findings = findings
        let isProving =
            options.depth == .deep && options.selection.includesAny(of: BlockCodeCheck.kinds)
        codes = isProving ? BlockCodes(contents) : nil
    }

    package var pool: Pool { contents.pool }

    /// The labels of all devices of the pool, its spares and caches; read at the first call.
    var labels: LabelSurvey {
        survey.withLock { survey in
            if let survey { return survey }
            let aside = [ObjectDirectory.Key.spares, .l2cache].flatMap {
                pool.auxiliaryDevices($0).compactMap(\.guid)
            }
            let read = LabelSurvey(
                pool.candidate, aside: aside, threadCount: options.threadCount)
            survey = read
            return read
        }
    }

    /// Whether the user wants the run to end; loops over many things ask it.
    package var isCancelled: Bool { interruption.isRequested }

    /// Notes a problem, unless nobody asked for its kind.
    package func report(_ problem: Problem) {
        guard options.selection.includes(problem.kind) else { return }
        findings.add(problem)
    }

    package func report(_ problems: ProblemList) {
        for problem in problems.all { report(problem) }
        findings.omit(problems.omittedCount)
    }

    /// Notes what could not be looked at, and why.
    package func leaveUnchecked(_ what: String, _ why: String) {
        findings.add(Unchecked(what, why))
    }
}
