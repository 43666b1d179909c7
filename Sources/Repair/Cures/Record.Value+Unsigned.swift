import Bytes

extension Record.Value {
    /// The number in a problem's evidence, whatever it counts; nil where it is none.
    var unsigned: UInt64? {
        switch self {
        case .number(let number), .bytes(let number), .word(let number), .offset(let number):
            number
        case .txg(let txg): txg.rawValue
        default: nil
        }
    }
}
