/// The value of a property as stored: one integer or one string.
package enum PropertyValue: Sendable, Hashable {
    case number(UInt64)
    case text(String)
}

extension PropertyValue: CustomStringConvertible {
    package var description: String {
        switch self {
        case .number(let number): String(number)
        case .text(let text): text
        }
    }
}
