/// Checks of copies, parity, expansion and dRAID (RE, DR, IN).
enum RedundancyChecks {
    static let all: [any Check] = [RemovedVdevCheck()]
}
