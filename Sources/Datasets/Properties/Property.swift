package import Bytes

/// One property of a dataset as zfs-get(8) shows it.
package struct Property: Sendable, Hashable {
    package let name: String
    package let value: PropertyValue
    /// The value as zfs(8) prints it with `-p`: names for numbers that stand for names.
    package let text: String
    package let source: PropertySource

    package init(name: String, value: PropertyValue, text: String? = nil, source: PropertySource) {
        self.name = name
        self.value = value
        self.text = text ?? value.description
        self.source = source
    }

    package var record: Record {
        Record(["property": .text(name), "value": .text(text), "source": .text("\(source)")])
    }
}
