import Glibc

/// A thread of the operating system.
///
/// Threads, not tasks: a read blocks its thread, and the pool of threads behind Swift tasks must never be
/// blocked.
package enum Worker {
    /// What a thread takes along.
    private final class Job: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Enough for decoding, which recurses to a bounded depth; a thousand threads of it fit anywhere.
    private static var stackByteCount: Int { 1 << 20 }

    /// Runs `body` on a new thread that nobody waits for; false where the system gives no thread.
    ///
    /// Such a thread does not keep the process from ending.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        unsafe pthread_attr_setstacksize(&attributes, stackByteCount)
        let job = unsafe Unmanaged.passRetained(Job(body))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, &attributes,
            { argument in
                if let argument = unsafe argument {
                    // Sound: the argument is the job retained below, taken once, here.
                    unsafe Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body()
                }
                return nil
            }, job.toOpaque())
        if status != 0 { unsafe job.release() }
        return status == 0
    }
}
