package import Bytes

/// One column of a table: which entry of each row's record it shows.
package struct Column: Sendable {
    /// The entry's name, or names joined by dots for an entry of a nested record.
    package let key: String
    package let title: String
    /// How the value is shown; the default is its own text.
    package let show: @Sendable (Record.Value) -> String

    package init(
        _ key: String, _ title: String? = nil,
        show: @escaping @Sendable (Record.Value) -> String = { $0.text }
    ) {
        self.key = key
        self.title = title ?? key.replacing("_", with: " ").uppercased()
        self.show = show
    }

    /// The value of this column in `record`.
    package func value(in record: Record) -> Record.Value? {
        var current = record
        let names = key.split(separator: ".")
        for (index, name) in names.enumerated() {
            guard let value = current[String(name)] else { return nil }
            if index == names.count - 1 { return value }
            guard case .record(let inner) = value else { return nil }
            current = inner
        }
        return nil
    }
}
