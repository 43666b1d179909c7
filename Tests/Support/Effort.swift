import Foundation

/// How much the tests of long-running things do.
package enum Effort {
    /// `ZINSPECT_THOROUGH=1` asks for all that takes minutes: every pool, every round.
    package static let isThorough =
        ProcessInfo.processInfo.environment["ZINSPECT_THOROUGH"].map { $0 != "0" } ?? false
}
