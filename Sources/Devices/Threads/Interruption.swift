import Glibc
import Synchronization

/// Whether the user has asked a long run to stop, with Ctrl-C or `kill`.
///
/// The first request is only noted, so that the run can end in good order; a second one ends the process
/// on the spot.
package final class Interruption: Sendable {
    private let requested = Atomic<Bool>(false)

    package init() {}

    package var isRequested: Bool { requested.load(ordering: .relaxed) }

    package func request() { requested.store(true, ordering: .relaxed) }

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
                if interruption.isRequested { _exit(status) }
                interruption.request()
            }
        }
        // Without a thread to take them, signals do what they always do.
        if !started { unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
        return interruption
    }
}
