/// What replaying a log came to.
package struct ReplaySummary: Sendable {
    /// How many records of each type were applied.
    package internal(set) var applied: [LogRecordType: Int] = [:]
    /// Records whose changes the pool has already.
    package private(set) var committed = 0
    /// Records that could not be applied, each with the reason; of many the first.
    package private(set) var refused: [(record: String, why: String)] = []
    /// Records that were applied and whose outcome is not shown wholly, each with what is not; of many the first.
    package private(set) var approximated: [(record: String, what: String)] = []
    /// The number of the first record that was not applied, since the changes took too much memory.
    package private(set) var firstOmitted: UInt64?
    /// Why there are no more records.
    package private(set) var end = IntentLog.End.empty

    /// Nobody reads of more.
    private static let mostListed = 1000

    package init() {}

    mutating func add(_ followed: IntentLog.Followed) {
        committed += followed.committed
        firstOmitted = followed.firstOmitted
        end = followed.end
    }

    mutating func refuse(_ record: LogRecord, _ why: String) {
        guard refused.count < Self.mostListed else { return }
        refused.append((Self.name(record), why))
    }

    mutating func approximate(_ record: LogRecord, _ what: String) {
        guard approximated.count < Self.mostListed else { return }
        approximated.append((Self.name(record), what))
    }

    private static func name(_ record: LogRecord) -> String {
        "\(record.type) number \(record.sequence)"
    }

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
