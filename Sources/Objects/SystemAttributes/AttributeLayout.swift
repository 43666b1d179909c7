import Bytes

/// A layout with its attributes looked up: what stands in a buffer, in the order of the bytes.
///
/// Mirrors `sa_lot_t` (`include/sys/sa_impl.h`).
package struct AttributeLayout: Sendable, Hashable {
    /// Up to the first whose number is unknown, since nothing after it can be found.
    package let definitions: [AttributeDefinition]
    /// The number of an attribute that is not registered, where the layout names one.
    package let unknown: UInt16?
    /// How many of the attributes have a length of their own in each buffer.
    package let variableCount: Int

    init(_ numbers: [UInt16], _ registered: [UInt16: AttributeDefinition]) {
        var found: [AttributeDefinition] = []
        var unknown: UInt16?
        for number in numbers {
            guard let definition = registered[number] else {
                unknown = number
                break
            }
            found.append(definition)
        }
        definitions = found
        self.unknown = unknown
        variableCount = found.count { $0.length == 0 }
    }

    /// Bytes before the first attribute: the fixed part, the lengths, up to a multiple of 8.
    package var headerSize: Int { (AttributeHeader.Layout.length(variableCount).offset + 7) & ~7 }
}
