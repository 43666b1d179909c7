/// Checks of block trees, dnodes and object sets (BP, GA, DN, OS).
enum BlockChecks {
    static let all: [any Check] = [BlockTreeCheck()]
}
