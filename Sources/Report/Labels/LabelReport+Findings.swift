import Bytes
package import Vdevs
import Verify

extension LabelReport {
    /// What is wrong with a device's labels, as `verify` finds it, all facts of each in one line.
    package static func findings(_ labels: LabelSet) -> [Finding] {
        LabelProblems(labels).all.map { problem in
            let whole = Finding(problem)
            let cause = problem.evidence["cause"].map { ": \($0.text)" } ?? ""
            return Finding(
                code: whole.code, severity: whole.severity, message: whole.message + cause,
                location: whole.location, details: whole.details)
        }
    }
}
