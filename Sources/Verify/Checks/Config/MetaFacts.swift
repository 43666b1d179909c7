import Datasets
import Synchronization

/// Keeps the survey of a run.
final class MetaFacts: Sendable {
    private let state = Mutex<MetaSurvey?>(nil)

    func survey(_ context: CheckContext) -> MetaSurvey {
        state.withLock { state in
            if let state { return state }
            let survey = MetaSurvey(context.pool.meta)
            state = survey
            return survey
        }
    }
}
