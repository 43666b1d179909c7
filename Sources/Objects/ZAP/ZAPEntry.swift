/// One entry of a ZAP: a key, its value, and where they stand.
package struct ZAPEntry: Sendable, Hashable {
    package let key: Key
    package let value: ZAPValue
    /// The stored hash of a fat ZAP's entry, the computed one in a micro ZAP; 0 where that needs Unicode's
    /// tables.
    package let hash: UInt64
    /// Tells entries of the same hash apart (`le_cd`, `mze_cd`).
    package let collision: UInt32
    /// The index of the object's block that holds it.
    package let block: UInt64
    /// Which chunk of that block: a micro ZAP's slot or a leaf's entry chunk.
    package let chunk: Int

    /// What an entry is found by.
    package enum Key: Sendable, Hashable {
        /// The bytes before the terminating NUL, as stored; mostly but not always UTF-8.
        case name([UInt8])
        case words([UInt64])
    }

    /// The name as text, broken UTF-8 replaced; word keys in hexadecimal, joined by colons.
    package var name: String {
        switch key {
        case .name(let bytes): String(decoding: bytes, as: UTF8.self)
        case .words(let words): words.map { String($0, radix: 16) }.joined(separator: ":")
        }
    }

    package var integerSize: Int { value.integerSize }
    package var bytes: [UInt8] { value.bytes }
    package var words: [UInt64] { value.words }
    /// The one integer that the value consists of; nil where there are none or several.
    package var uint64: UInt64? { value.uint64 }
    package var string: String? { value.string }
}
