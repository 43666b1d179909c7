import Bytes

/// A registered attribute: its number, its name and how long it is.
///
/// Mirrors the encoding of `ATTR_ENCODE` (`include/sys/sa_impl.h`).
package struct AttributeDefinition: Sendable, Hashable {
    package let number: UInt16
    package let name: String
    /// Bytes; 0 where that varies from object to object.
    package let length: UInt16
    /// How its bytes are swapped (`sa_bswap_type_t`): words of 64, 32, 16 bits, bytes, an ACL.
    package let swap: UInt8

    /// The attribute among those that OpenZFS knows, if it is one.
    package let known: AttributeName?

    package init(number: UInt16, name: String, length: UInt16, swap: UInt8) {
        self.number = number
        self.name = name
        self.length = length
        self.swap = swap
        known = AttributeName(registered: name)
    }

    /// An attribute that OpenZFS knows, under the number that it has in most file systems.
    init(_ name: AttributeName) {
        self.init(
            number: UInt16(truncatingIfNeeded: name.rawValue), name: name.registeredName,
            length: name.length, swap: 0)
    }

    /// From the word that the registry holds for the name.
    package init(name: String, word: UInt64) {
        self.init(
            number: UInt16(truncatingIfNeeded: Self.numberBits.read(word)), name: name,
            length: UInt16(truncatingIfNeeded: Self.lengthBits.read(word)),
            swap: UInt8(truncatingIfNeeded: Self.swapBits.read(word)))
    }

    private static let numberBits = BitField(low: 0, count: 16)
    private static let swapBits = BitField(low: 16, count: 8)
    private static let lengthBits = BitField(low: 24, count: 16)
}
