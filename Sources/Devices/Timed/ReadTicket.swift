import Bytes

/// One read that waits for its thread, and whose caller may stop waiting.
///
/// The thread reads into a buffer of its own. It may copy into the caller's memory only under the
/// ticket's lock and only while the caller has not gone, since a read that comes back late would otherwise
/// write into memory that by then holds something else.
@safe final class ReadTicket: Sendable {
    /// In bytes from the start of the device.
    let offset: UInt64
    let count: Int
    private let state: Monitor<State>

    // Sound to send: the memory is touched only under the monitor's lock, while its caller waits.
    @safe private struct State: @unchecked Sendable {
        /// The caller's memory; nil once the caller has stopped waiting.
        var destination: UnsafeMutableRawBufferPointer?
        var outcome: Outcome?
    }

    private enum Outcome {
        case delivered
        case failed(DeviceError.Reason)
    }

    /// `destination` must stay valid until `collect` returns.
    init(offset: UInt64, destination: UnsafeMutableRawBufferPointer) {
        self.offset = offset
        count = destination.count
        state = unsafe Monitor(State(destination: destination, outcome: nil))
    }

    /// Waits for the outcome: nil when the bytes stand in the destination, else what went wrong.
    func collect(within seconds: Double) -> DeviceError.Reason? {
        let outcome = state.wait(until: Deadline(secondsFromNow: seconds)) { $0.outcome }
        if let outcome { return Self.reason(outcome) }
        return state.update { state in
            // It may have come between the end of the wait and this lock.
            if let outcome = state.outcome { return Self.reason(outcome) }
            unsafe state.destination = nil
            return .timedOut(seconds: seconds)
        }
    }

    /// Gives the caller its bytes, if it still waits.
    func deliver(_ bytes: RawSpan) {
        state.update { state in
            guard let destination = unsafe state.destination else { return }
            unsafe bytes.withUnsafeBytes { unsafe destination.copyMemory(from: $0) }
            state.outcome = .delivered
        }
    }

    func fail(_ reason: DeviceError.Reason) {
        state.update { $0.outcome = .failed(reason) }
    }

    /// Whether the caller stopped waiting before a thread came to this ticket.
    var isAbandoned: Bool { state.wait { unsafe $0.destination == nil } }

    private static func reason(_ outcome: Outcome) -> DeviceError.Reason? {
        switch outcome {
        case .delivered: nil
        case .failed(let reason): reason
        }
    }
}
