import Bytes
import Objects
import TestSupport
import Testing

/// Damage to files and directories.
extension EditedPool {
    /// Where the attributes of most files of the test pools stand in the bonus, where the header has 8 bytes.
    enum Attribute: Int {
        case mode = 8
        case size = 16
        case parent = 48
        case flags = 56
        case accessNanoseconds = 72
        case links = 128
        /// Of a file with a project's number, which stands before it.
        case entryCount = 144
    }

    func setAttribute(
        _ attribute: Attribute, of object: UInt64, in set: UInt64, _ value: UInt64
    ) throws {
        try editor.editBonus(of: object, in: .dataset(set)) { bonus in
            try Self.field(attribute, in: bonus).write(value, into: &bonus, .little)
        }
    }

    /// The header has more bytes where there are several attributes of varying length.
    private static func field(_ attribute: Attribute, in bonus: [UInt8]) throws -> Field<UInt64> {
        let header = try AttributeHeader(bonus.rawBytes)
        return Field("word", at: attribute.rawValue - 8 + header.byteCount)
    }

    func attribute(_ attribute: Attribute, of object: UInt64, in set: UInt64) throws -> UInt64 {
        let bonus = try editor.object(object, in: .dataset(set)).bonus
        return try Self.field(attribute, in: bonus).read(bonus.rawBytes, .little)
    }

    /// Adds to an attribute.
    func change(
        _ attribute: Attribute, of object: UInt64, in set: UInt64, by amount: Int64
    ) throws {
        let old = try self.attribute(attribute, of: object, in: set)
        try setAttribute(
            attribute, of: object, in: set, old &+ UInt64(bitPattern: amount))
    }

    /// Gives the entry of a micro ZAP another value or name, makes it, or takes it away.
    func setEntry(
        _ name: String, of zap: UInt64, in set: UInt64, _ word: UInt64?, renamed: String? = nil
    ) throws {
        try setEntry(name, in: .block(.dataset(set), object: zap), word, renamed)
    }

    /// The same in a table of the MOS.
    func setEntry(
        _ name: String, ofMeta zap: UInt64, _ word: UInt64?, renamed: String? = nil
    ) throws {
        try setEntry(name, in: .block(.meta, object: zap), word, renamed)
    }

    private func setEntry(
        _ name: String, in place: EditPlace, _ word: UInt64?, _ renamed: String?
    ) throws {
        try editor.edit(place) { bytes in
            let places = stride(from: 64, to: bytes.count, by: 64)
            func stored(_ place: Int) -> String {
                String(decoding: bytes[place + 14..<place + 64].prefix { $0 != 0 }, as: UTF8.self)
            }
            let place = try #require(
                places.first { stored($0) == name } ?? places.first { stored($0).isEmpty })
            let rest = [UInt8](repeating: 0, count: 50 - (renamed ?? name).utf8.count)
            guard let word else {
                bytes.replaceSubrange(place..<place + 64, with: [UInt8](repeating: 0, count: 64))
                return
            }
            try Field<UInt64>("mze_value", at: place).write(word, into: &bytes, .little)
            bytes.replaceSubrange(
                place + 14..<place + 64, with: Array((renamed ?? name).utf8) + rest)
        }
    }
}
