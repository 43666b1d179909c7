import Devices

/// Threads that take jobs from a queue of bounded length.
final class CopyQueue: Sendable {
    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var running = 0
        var isClosed = false
        var threads = 0
    }

    private let monitor = Monitor(State())
    private let limit: Int

    init(threadCount: Int) {
        limit = max(1, threadCount) * 8
        for _ in 0..<max(1, threadCount) {
            let monitor = monitor
            let started = Worker.start { Self.work(monitor) }
            if started { monitor.update { $0.threads += 1 } }
        }
    }

    /// Lets the threads end.
    deinit { monitor.update { $0.isClosed = true } }

    /// Appends a job; waits while the queue is full. Runs it here where the system gave no thread.
    func add(_ job: @escaping @Sendable () -> Void) {
        let limit = limit
        let isTaken = monitor.wait { state -> Bool? in
            if state.threads == 0 { return false }
            return state.jobs.count < limit ? true : nil
        }
        guard isTaken else { return job() }
        monitor.update { $0.jobs.append(job) }
    }

    /// Waits until all jobs are done.
    func drain() {
        monitor.wait { $0.jobs.isEmpty && $0.running == 0 ? () : nil }
    }

    private static func work(_ monitor: Monitor<State>) {
        while true {
            let job = monitor.wait { state -> (@Sendable () -> Void)?? in
                if !state.jobs.isEmpty {
                    state.running += 1
                    return .some(state.jobs.removeFirst())
                }
                return state.isClosed ? .some(nil) : nil
            }
            guard let job else { return }
            job()
            monitor.update { $0.running -= 1 }
        }
    }
}
