import Bytes
import Glibc

/// A device of which no read takes longer than a limit, whatever the device below does.
///
/// A dying disk can hold a read for minutes or for ever, and no thread can be called back from there. So
/// reads run on threads of their own, into buffers of their own; a read that is not back in time is
/// `DeviceError.Reason.timedOut`, and from then on the device is hung: it answers
/// `DeviceError.Reason.hung` at once, so that at most `maximumReads` threads are ever lost to it. Stuck
/// threads do not keep the process from ending, as long as the kernel can break off what they wait for.
///
/// Who gets one: block devices always, with 30 s where the user names no limit; regular files only where
/// `--io-timeout` is given, because the hand-over costs every read some microseconds and a copy.
/// `DeviceOpener` does so.
package final class TimedDevice: BlockDevice {
    /// So many reads are under way at once; others wait for their turn, within their own limit.
    package static let maximumReads = 8
    /// The limit in seconds where the user named none.
    package static let defaultSeconds = 30.0

    private let base: any BlockDevice
    private let seconds: Double
    private let desk = ReadDesk()

    package init(_ base: any BlockDevice, seconds: Double) {
        self.base = base
        self.seconds = seconds
    }

    // The threads hold the desk and the device below, never this object, so they are sent home here.
    deinit { desk.close() }

    package var name: String { base.name }
    package var byteCount: UInt64 { base.byteCount }

    /// Whether a read of this device did not come back in time.
    package var isHung: Bool { desk.isHung }

    /// Asks the device below directly, since asking hands the disk no more than its queue holds.
    package func willRead(_ range: Range<UInt64>) {
        if !isHung { base.willRead(range) }
    }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let count = buffer.byteCount
        let reason = unsafe buffer.withUnsafeMutableBytes { memory -> DeviceError.Reason? in
            let ticket = unsafe ReadTicket(offset: offset, destination: memory)
            if let refusal = desk.hand(ticket, to: base, threads: Self.maximumReads) {
                return refusal
            }
            // From here on `ticket` never touches `memory` again, so it may go out of scope.
            return ticket.collect(within: seconds)
        }
        guard let reason else { return }
        if case .timedOut = reason { desk.giveUp() }
        throw DeviceError(device: name, offset: offset, count: count, reason)
    }
}
