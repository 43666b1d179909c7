import Datasets
import Synchronization

/// Keeps the survey of a run.
final class MetaFacts: Sendable {
    /// Bytes that are taken in any case: enough for most pools.
    private static let leastMemory = 1 << 20

    private let state = Mutex<MetaSurvey?>(nil)

    func survey(_ context: CheckContext) -> MetaSurvey {
        state.withLock { state in
            if let state { return state }
            let survey = MetaSurvey(
                context.pool.meta, memory: max(Self.leastMemory, context.options.memory / 8))
            if let first = survey.firstOmitted {
                context.leaveUnchecked(
                    "the objects of the MOS from \(first) on",
                    "they take more than the memory that there is for them; a larger `--memory` may be enough"
                )
            }
            state = survey
            return survey
        }
    }
}
