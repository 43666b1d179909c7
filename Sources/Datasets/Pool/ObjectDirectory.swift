package import Bytes
package import Objects

/// The root of the MOS: where everything that belongs to the whole pool lies, by name.
///
/// Object 1, a ZAP. Most values are object numbers; some structures stand in it as arrays of words. Mirrors
/// `DMU_POOL_DIRECTORY_OBJECT` and the `DMU_POOL_*` names (`include/sys/dmu.h`).
package struct ObjectDirectory: Sendable {
    /// Its own object number.
    package static let objectNumber: UInt64 = 1

    /// All entries, in the order of the ZAP.
    package let entries: [ZAPEntry]
    private let byName: [String: ZAPValue]

    package init(_ entries: [ZAPEntry]) {
        self.entries = entries
        byName = Dictionary(
            entries.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of that name.
    package func value(_ name: String) -> ZAPValue? { byName[name] }
    package func value(_ key: Key) -> ZAPValue? { byName[key.rawValue] }
    /// The object that an entry names; nil where there is no entry or it holds 0.
    package func object(_ key: Key) -> UInt64? { object(named: key.rawValue) }
    package func object(named name: String) -> UInt64? {
        guard let number = byName[name]?.uint64, number != 0 else { return nil }
        return number
    }

    /// Names and values, sorted by name.
    package var record: Record {
        var record = Record()
        for entry in entries.sorted(by: { $0.name < $1.name }) {
            switch entry.value.integerSize {
            case 1: record.add(entry.name, .data(entry.value.bytes))
            default:
                if let word = entry.value.uint64 {
                    record.add(entry.name, word < 1 << 53 ? .number(word) : .word(word))
                } else {
                    record.add(entry.name, .list(entry.value.words.map { .word($0) }))
                }
            }
        }
        return record
    }
}
