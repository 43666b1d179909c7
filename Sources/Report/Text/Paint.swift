/// Colours on a terminal, or nothing where there is none.
///
/// Colour only repeats what the words say, so that output means the same without it.
package struct Paint: Sendable {
    package let isOn: Bool

    package init(isOn: Bool) { self.isOn = isOn }

    /// What a piece of text is, rather than how it looks.
    package enum Role: Sendable {
        case title, name, number, dim, good, caution, bad
    }

    /// `text` with the escape sequences of its role around it.
    package func callAsFunction(_ text: String, _ role: Role) -> String {
        guard isOn, !text.isEmpty else { return text }
        let code =
            switch role {
            case .title: "1"
            case .name: "36"
            case .number: "0"
            case .dim: "2"
            case .good: "32"
            case .caution: "33"
            case .bad: "31;1"
            }
        return "\u{1b}[\(code)m\(text)\u{1b}[0m"
    }
}
