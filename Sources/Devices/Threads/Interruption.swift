import Glibc
import Synchronization

/// Whether the user has asked a long run to stop, with Ctrl-C or `kill`.
///
/// The first request is only noted, so that the run can end in good order; a second one ends the process
/// on the spot, unless something is being written just then.
package final class Interruption: Sendable {
    private let requested = Atomic<Bool>(false)
    /// Whether nothing is under way that would have to be brought to an end.
    private let isWaiting = Atomic<Bool>(false)
    /// Whether something is being written that is better finished.
    private let isHeld = Atomic<Bool>(false)

    package init() {}

    package var isRequested: Bool { requested.load(ordering: .relaxed) }

    package func request() { requested.store(true, ordering: .relaxed) }

    /// Runs `body`, which waits for the user: the first request ends the process.
    package func waiting<Value>(_ body: () -> Value) -> Value {
        isWaiting.store(true, ordering: .sequentiallyConsistent)
        defer { isWaiting.store(false, ordering: .sequentiallyConsistent) }
        return body()
    }

    /// Runs `body`, which writes what should not be left half done: no request ends the process meanwhile.
    package func held<Value, Failure: Error>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        isHeld.store(true, ordering: .sequentiallyConsistent)
        defer { isHeld.store(false, ordering: .sequentiallyConsistent) }
        return try body()
    }

    /// Whether a request now ends the process on the spot.
    private var endsAtOnce: Bool {
        if isHeld.load(ordering: .sequentiallyConsistent) { return false }
        return isRequested || isWaiting.load(ordering: .sequentiallyConsistent)
    }

    /// Takes SIGINT and SIGTERM from now on; `status` is what the process exits with at the second one.
    ///
    /// Must be called before other threads start, since those inherit which signals are held back.
    package static func watch(status: Int32) -> Interruption {
        let interruption = Interruption()
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        guard unsafe pthread_sigmask(SIG_BLOCK, &signals, nil) == 0 else { return interruption }
        let started = Worker.start {
            var signals = sigset_t()
            unsafe sigemptyset(&signals)
            unsafe sigaddset(&signals, SIGINT)
            unsafe sigaddset(&signals, SIGTERM)
            var signal: Int32 = 0
            while unsafe sigwait(&signals, &signal) == 0 {
                if interruption.endsAtOnce { _exit(status) }
                interruption.request()
            }
        }
        // Without a thread to take them, signals do what they always do.
        if !started { unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
        return interruption
    }
}
