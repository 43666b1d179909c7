/// Checks of intent logs and encryption keys (ZI, CR).
enum LogChecks {
    static let all: [any Check] = [
        IntentLogCheck(), KeyObjectCheck(), ObjectSetCodeCheck(), ProtectionCheck(),
        BlockCodeCheck(),
    ]
}
