/// Work that may never return, waited for so long and no longer.
enum TimeLimit {
    /// What `body` returns, or nil where it does not within `seconds` or no thread can be had.
    ///
    /// Then its thread is left behind; `returned` is called if it comes back after all.
    static func run<Result: Sendable>(
        seconds: Double, returned: @escaping @Sendable () -> Void = {},
        _ body: @escaping @Sendable () -> Result
    ) -> Result? {
        let outcome = Monitor(Outcome<Result>.open)
        let started = Worker.start {
            let result = body()
            let isLate = outcome.update { state -> Bool in
                if case .abandoned = state { return true }
                state = .returned(result)
                return false
            }
            if isLate { returned() }
        }
        guard started else { return nil }
        _ = outcome.wait(until: Deadline(secondsFromNow: seconds)) { $0.result }
        return outcome.update { state in
            if case .returned(let result) = state { return result }
            state = .abandoned
            return nil
        }
    }

    private enum Outcome<Result> {
        case open, abandoned
        case returned(Result)

        var result: Result? {
            if case .returned(let result) = self { result } else { nil }
        }
    }
}
