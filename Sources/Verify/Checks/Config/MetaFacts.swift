import Datasets
import Synchronization

/// Keeps the survey of a run.
final class MetaFacts: Sendable {
    private let state = Mutex<MetaSurvey?>(nil)

    func survey(_ context: CheckContext) -> MetaSurvey {
        state.withLock { state in
            if let state { return state }
            let options = context.options
            let survey = MetaSurvey(
                context.pool.meta, memory: max(options.memory, options.leastMemory) / 8)
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
