import Bytes
package import Objects

/// The entries of a ZAP while they are being changed, and how it keeps them.
package struct ZAPTable: Sendable {
    package private(set) var entries: [ZAPBuilder.Entry]
    let builder: ZAPBuilder
    let isMicro: Bool
    private let hash: ZAPHash

    init(_ entries: [ZAPBuilder.Entry], _ builder: ZAPBuilder, isMicro: Bool) {
        self.entries = entries
        self.builder = builder
        self.isMicro = isMicro
        hash = ZAPHash(
            salt: builder.salt, flags: builder.flags, normalization: builder.normalization)
    }

    package subscript(_ name: String) -> ZAPValue? {
        entries.first { $0.key == .name([UInt8](name.utf8)) }?.value
    }

    /// Gives a name a value, whether it is there or not.
    package mutating func set(_ name: String, _ value: ZAPValue) throws(RepairError) {
        try set(.name([UInt8](name.utf8)), value)
    }

    /// The same with one word as the value.
    package mutating func set(_ name: String, _ word: UInt64) throws(RepairError) {
        try set(name, ZAPValue(word: word))
    }

    /// The same for a key of either kind. Throws `unsupported` for a name whose hash takes Unicode's tables.
    package mutating func set(_ key: ZAPEntry.Key, _ value: ZAPValue) throws(RepairError) {
        if let place = entries.firstIndex(where: { $0.key == key }) {
            entries[place] = ZAPBuilder.Entry(key, value, hash: entries[place].hash)
        } else {
            entries.append(try entry(key, value))
        }
    }

    /// An entry that may be given to `replaceAll`.
    package func entry(
        _ key: ZAPEntry.Key, _ value: ZAPValue
    ) throws(RepairError) -> ZAPBuilder.Entry {
        let hashed: UInt64? =
            switch key {
            case .name(let name): hash.hash(name: name)
            case .words(let words): hash.hash(words: words)
            }
        guard let hashed else {
            throw .unsupported("where a name that is not plain ASCII belongs can't be told")
        }
        return ZAPBuilder.Entry(key, value, hash: hashed)
    }

    package mutating func replaceAll(by entries: [ZAPBuilder.Entry]) { self.entries = entries }

    /// Takes an entry out; nothing happens where it is not there. `name` is as reports have it.
    package mutating func remove(_ name: String) {
        entries.removeAll { entry in
            guard case .name(let bytes) = entry.key else { return false }
            return String(decoding: bytes, as: UTF8.self) == name
        }
    }
}
