/// A field with its width erased, for listing and fuzzing.
package struct AnyField: Sendable, CustomStringConvertible {
    package let name: String
    /// The bytes it takes, from the start of the structure.
    package let range: Range<Int>

    package init<Value>(_ field: Field<Value>) {
        name = field.name
        range = field.offset..<field.offset + MemoryLayout<Value>.size
    }

    /// Several bytes that are no integer: a checksum, a name, a MAC.
    package init(_ name: String, _ range: Range<Int>) {
        self.name = name
        self.range = range
    }

    package var description: String { name }
}
