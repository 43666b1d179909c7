package import Devices
import Glibc
import SystemPackage

/// One line on the terminal that tells how far a long run has come, written over again and again.
///
/// It goes to standard error, and only where that is a terminal; `finish` wipes it away.
package final class ProgressLine: Sendable {
    private let meter: ProgressMeter
    private let isOver = Monitor(false)
    private let isWiped = Monitor(false)
    private let isShown: Bool
    /// How long a line stands before it is written again, in seconds.
    private static var interval: Double { 0.25 }

    package init(_ meter: ProgressMeter, isWanted: Bool) {
        self.meter = meter
        isShown = isWanted && isatty(STDERR_FILENO) == 1
    }

    /// Starts a thread that writes the line until `finish` is called.
    package func start() {
        guard isShown else { return }
        let started = Worker.start { [self] in
            var text = ProgressText()
            while isOver.wait(until: Deadline(secondsFromNow: Self.interval), { $0 ? () : nil })
                == nil
            {
                if let pass = meter.current {
                    Self.write("\r" + text.line(pass, done: meter.done) + "\u{1B}[K")
                }
            }
            Self.write("\r\u{1B}[K")
            isWiped.update { $0 = true }
        }
        if !started { isWiped.update { $0 = true } }
    }

    /// Ends the line and returns once it is gone.
    package func finish() {
        guard isShown else { return }
        isOver.update { $0 = true }
        isWiped.wait { $0 ? () : nil }
    }

    private static func write(_ text: String) {
        // A terminal that went away is no reason to end a run.
        _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8))
    }
}
