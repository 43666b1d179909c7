/// Checks of dedup tables and block reference tables (DT, BR).
enum SharingChecks {
    static let all: [any Check] = [
        DedupTableCheck(), DedupReferenceCheck(), CloneTableCheck(), CloneReferenceCheck(),
    ]
}
