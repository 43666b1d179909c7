package import Devices
import Synchronization

/// How far an extraction has come, and what ends it from another thread.
package final class ExtractControl: Sendable {
    package let interruption: Interruption
    /// Counts the bytes of contents that were copied, holes left out.
    package let meter: ProgressMeter
    private let fatal = Mutex<ExtractError?>(nil)

    package init(
        interruption: Interruption = Interruption(), meter: ProgressMeter = ProgressMeter()
    ) {
        self.interruption = interruption
        self.meter = meter
    }

    /// Ends the extraction for a reason that concerns all of it; the first one counts.
    func fail(_ error: ExtractError) {
        fatal.withLock { if $0 == nil { $0 = error } }
    }

    /// Throws where there is no point in going on.
    func check() throws(ExtractError) {
        if let error = fatal.withLock({ $0 }) { throw error }
        if interruption.isRequested { throw .cancelled }
    }

    var isOver: Bool { interruption.isRequested || fatal.withLock { $0 != nil } }
}
