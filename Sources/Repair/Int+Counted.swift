extension Int {
    /// The number with what is counted: `1 entry`, `3 entries`.
    func counted(_ noun: String) -> String {
        guard self != 1 else { return "1 \(noun)" }
        return noun.hasSuffix("y") ? "\(self) \(noun.dropLast())ies" : "\(self) \(noun)s"
    }
}
