/// Takes what a `ReadScheduler` reads.
///
/// Both are called from the scheduler's threads, several at once, in no order that can be told. The bytes are
/// best worked on at once, while they are in the processor's cache, and are gone when the call returns.
package protocol ReadReceiver: Sendable {
    /// `worker` is the number of the calling thread, from 0, for state that each keeps of its own.
    func receive(_ bytes: RawSpan, _ request: ReadRequest, device: Int, worker: Int)
    /// The bytes of this request can't be read; those beside it are not affected.
    func fail(_ error: DeviceError, _ request: ReadRequest, device: Int, worker: Int)
}
