/// Checks of every ZAP, micro and fat (ZM, ZF), and of what the pool's own hold.
enum ZAPChecks {
    static let all: [any Check] = [ZAPCheck(), TableValueCheck()]
}
