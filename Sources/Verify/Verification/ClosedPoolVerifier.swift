import Bytes
package import Datasets
import Vdevs

/// Checks what of a pool can be checked when it can't be opened: its labels and uberblock rings.
package struct ClosedPoolVerifier: Sendable {
    private let candidate: PoolCandidate
    private let error: PoolError
    private let options: VerifyOptions

    /// `error` is what keeps the pool from being opened.
    package init(_ candidate: PoolCandidate, _ error: PoolError, _ options: VerifyOptions) {
        self.candidate = candidate
        self.error = error
        self.options = options
    }

    package func run() -> VerifyResult {
        let survey = LabelSurvey(candidate, threadCount: options.threadCount)
        var problems = [
            Problem(.uberblockNone, at: Location(), evidence: Record(["cause": .text("\(error)")]))
        ]
        problems += survey.devices.flatMap(\.problems)
        problems += LabelCheck.problems(candidate)
        problems += UberblockProblems(survey, pool: candidate.guid).all
        problems += DeviceCheck.problems(candidate, candidate.root)
        problems += DraidCheck.problems(candidate.root, at: Location())
        problems += RaidzExpansionCheck.problems(
            candidate.root, newest: candidate.newestUberblock?.txg, at: Location())
        problems.removeAll { $0.kind != .uberblockNone && !options.selection.includes($0.kind) }
        var result = VerifyResult()
        result.problems = problems.sorted { $0.rank < $1.rank }
        result.unchecked = CheckPass.all.filter { $0.checks.contains { !($0 is LabelCheck) } }
            .map { Unchecked($0.name, "the pool can't be opened") }
        result.unchecked.append(Unchecked("space and block trees", "the pool can't be opened"))
        return result
    }
}
