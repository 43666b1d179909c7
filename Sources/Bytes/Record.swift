/// An ordered tree of names and values, by which every structure describes itself.
///
/// The text and the JSON output are two renderings of the same record, so neither can know more than
/// the other. Names are snake_case and stand in the JSON as they are.
package struct Record: Sendable, Hashable {
    /// One name with its value.
    package struct Entry: Sendable, Hashable {
        package let name: String
        package let value: Value
    }

    package private(set) var entries: [Entry] = []

    package init() {}

    package init(_ entries: KeyValuePairs<String, Value>) {
        for (name, value) in entries { add(name, value) }
    }

    /// Appends an entry; names may repeat, since nvlists can hold a name twice.
    package mutating func add(_ name: String, _ value: Value) {
        entries.append(Entry(name: name, value: value))
    }

    /// Appends an entry where there is something to tell.
    package mutating func add(_ name: String, _ value: Value?) {
        if let value { add(name, value) }
    }

    /// The first value of that name.
    package subscript(_ name: String) -> Value? {
        for entry in entries where entry.name == name { return entry.value }
        return nil
    }
}
