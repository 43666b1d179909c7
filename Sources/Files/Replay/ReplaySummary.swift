/// What replaying a log came to.
package struct ReplaySummary: Sendable {
    /// How many records of each type were applied.
    package internal(set) var applied: [LogRecordType: Int] = [:]
    /// Records whose changes the pool has already.
    package internal(set) var committed = 0
    /// Records that could not be applied, or not wholly, each with the reason.
    package internal(set) var refused: [(record: String, why: String)] = []
    /// Why there are no more records.
    package internal(set) var end = IntentLog.End.empty

    package init() {}

    package var appliedCount: Int { applied.values.reduce(0, +) }

    /// One sentence without a full stop.
    package var text: String {
        guard appliedCount > 0 else { return "no record of the intent log is left to apply" }
        let types = applied.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) \($0.key)" }
        return "shown as after the replay of \(appliedCount) records of its intent log: "
            + types.joined(separator: ", ")
    }
}
