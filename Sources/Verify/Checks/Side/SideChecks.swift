/// Checks of history, error logs, scans and other side objects (HI, EL, SC, TL, AX).
enum SideChecks {
    static let all: [any Check] = [
        HistoryCheck(), ErrorLogCheck(), ScanCheck(), TransactionTimesCheck(),
    ]
}
