import Bytes
import Glibc

/// Where the callers of a timed device leave their reads and its threads pick them up.
final class ReadDesk: Sendable {
    private struct State {
        var waiting: [ReadTicket] = []
        var threads = 0
        /// Threads that wait for a ticket or are about to.
        var idleThreads = 0
        var isHung = false
        var isClosed = false
    }

    private let state = Monitor(State())

    var isHung: Bool { state.wait { $0.isHung } }

    /// Lets the threads end, once they come back from what they do.
    func close() { state.update { $0.isClosed = true } }

    /// Refuses this and all later reads, after one of them did not come back.
    func giveUp() {
        let waiting = state.update { state in
            state.isHung = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for ticket in waiting { ticket.fail(.hung) }
    }

    /// Queues a read of `device`; says why not where it is not queued.
    ///
    /// A thread is started when none is idle and there are fewer than `threads`.
    func hand(
        _ ticket: ReadTicket, to device: any BlockDevice, threads: Int
    ) -> DeviceError.Reason? {
        let step = state.update { state -> Step in
            if state.isHung { return .refuse }
            state.waiting.append(ticket)
            guard state.idleThreads < state.waiting.count, state.threads < threads else {
                return .leave
            }
            state.threads += 1
            state.idleThreads += 1
            return .start
        }
        switch step {
        case .refuse: return .hung
        case .leave: return nil
        case .start:
            if Worker.start({ self.serve(device) }) { return nil }
            return state.update { state in
                state.threads -= 1
                state.idleThreads -= 1
                guard state.threads == 0 else { return nil }
                // Nobody is left to fail it, and the caller must not wait for nothing.
                state.waiting.removeAll { $0 === ticket }
                return .system(EAGAIN)
            }
        }
    }

    private enum Step { case refuse, leave, start }

    /// What a thread does: reads ticket by ticket, into one buffer that grows to the largest.
    private func serve(_ device: any BlockDevice) {
        var buffer: [UInt8] = []
        while let ticket = next() {
            defer { state.update { $0.idleThreads += 1 } }
            if ticket.isAbandoned { continue }
            if buffer.count < ticket.count { buffer = [UInt8](repeating: 0, count: ticket.count) }
            do throws(DeviceError) {
                var span = buffer.mutableSpan
                // Sound: bytes have no padding, and any value is a byte.
                var bytes = unsafe span.mutableBytes
                var part = bytes._mutatingExtracting(0..<ticket.count)
                try device.read(at: ticket.offset, into: &part)
                ticket.deliver(part.bytes)
            } catch {
                ticket.fail(error.reason)
            }
        }
    }

    /// The next ticket, waited for; nil when the device is closed.
    private func next() -> ReadTicket? {
        state.wait { state -> ReadTicket?? in
            if state.isClosed { return .some(nil) }
            guard !state.waiting.isEmpty else { return nil }
            state.idleThreads -= 1
            return state.waiting.removeFirst()
        }
    }
}
