import Synchronization

/// How far a long run has come, kept by those who work and read by whoever shows it.
///
/// Counting costs an addition to an atomic number; workers add up what they do in batches.
package final class ProgressMeter: Sendable {
    /// One part of a run.
    package struct Pass: Sendable, Hashable {
        /// What it does: `walking the block tree`.
        package let name: String
        /// The first pass is 1.
        package let number: Int
        /// How many passes the run has; nil where nobody knows.
        package let count: Int?
        /// How much there is to do, in units of what is counted; nil where nobody knows.
        package let total: UInt64?
        /// Whether the units are bytes.
        package let isBytes: Bool
    }

    private let pass = Mutex<Pass?>(nil)
    private let counter = Atomic<UInt64>(0)
    private let passCount: Int?

    /// `passCount` is how often `begin` is going to be called.
    package init(passCount: Int? = nil) { self.passCount = passCount }

    /// The pass at hand; nil before the first.
    package var current: Pass? { pass.withLock { $0 } }
    /// What has been done in the pass at hand.
    package var done: UInt64 { counter.load(ordering: .relaxed) }

    /// Begins the next pass at zero.
    package func begin(_ name: String, total: UInt64? = nil, isBytes: Bool = false) {
        pass.withLock { pass in
            pass = Pass(
                name: name, number: (pass?.number ?? 0) + 1, count: passCount, total: total,
                isBytes: isBytes)
            counter.store(0, ordering: .relaxed)
        }
    }

    /// Counts what has been done.
    package func add(_ amount: UInt64) { counter.wrappingAdd(amount, ordering: .relaxed) }
}
