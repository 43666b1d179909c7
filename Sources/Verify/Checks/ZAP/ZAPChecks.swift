/// Checks of every ZAP, micro and fat (ZM, ZF).
enum ZAPChecks {
    static let all: [any Check] = [ZAPCheck()]
}
