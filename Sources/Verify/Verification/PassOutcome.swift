package import Bytes

/// How one part of a run went.
package struct PassOutcome: Sendable {
    package let name: String
    package let seconds: Double
    /// Problems that it brought.
    package let problemCount: Int
    /// What it left out.
    package let uncheckedCount: Int

    package var record: Record {
        Record([
            "pass": .text(name), "seconds": .ratio((seconds * 1000).rounded() / 1000),
            "findings": .number(UInt64(problemCount)), "unchecked": .number(UInt64(uncheckedCount)),
        ])
    }
}
