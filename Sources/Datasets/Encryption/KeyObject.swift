package import Bytes
package import Codecs
package import Objects

/// A dataset's keys as they are stored: encrypted by a wrapping key that is not stored at all.
///
/// A ZAP in the MOS. Clones share that of their origin; a child that inherits its encryption has one of
/// its own, wrapped by the same key as its encryption root's. Mirrors `dsl_crypto_key_sync_impl`
/// (`module/zfs/dsl_crypt.c`).
package struct KeyObject: Sendable, Hashable {
    /// Its number in the MOS.
    package let object: UInt64
    package let suite: EncryptionSuite
    package let guid: UInt64
    /// The format of what the keys authenticate: 0 in the first releases, then 1.
    package let version: UInt64
    package let vector: [UInt8]
    package let code: [UInt8]
    package let wrappedMasterKey: [UInt8]
    package let wrappedHMACKey: [UInt8]
    /// The DSL directory whose key the user loads; its own, or that from which it inherits.
    package let rootDirectory: UInt64?
    package let referenceCount: UInt64?
    /// What of it can't be right, though it can be tried.
    package let problems: [String]
    package let format: KeyFormat?
    package let passphraseSalt: UInt64
    package let iterations: UInt64

    /// Reads a key object; what is missing or of the wrong length makes it damaged.
    package init(_ zap: ZAP) throws(PoolError) {
        let number = zap.object.number
        var values: [String: ZAPValue] = [:]
        var problems: [String] = []
        do {
            let (entries, damage) = try zap.contents(within: .held)
            for entry in entries { values[entry.name] = entry.value }
            problems = damage.map(\.what)
        } catch {
            throw .object(error)
        }
        func word(_ name: String) throws(PoolError) -> UInt64 {
            guard let word = values[name]?.uint64 else {
                throw .damagedKey(number, "lacks \(name)")
            }
            return word
        }
        func bytes(_ name: String, _ count: Int) throws(PoolError) -> [UInt8] {
            guard let value = values[name], value.integerSize == 1 else {
                throw .damagedKey(number, "lacks \(name)")
            }
            guard value.count == count else {
                throw .damagedKey(number, "has \(value.count) bytes of \(name), not \(count)")
            }
            return value.bytes
        }
        object = number
        suite = EncryptionSuite(rawValue: try word("DSL_CRYPTO_SUITE"))
        guard suite.keyByteCount != nil else {
            throw .damagedKey(number, "names \(suite), which is no cipher")
        }
        guid = try word("DSL_CRYPTO_GUID")
        version = values["DSL_CRYPTO_VERSION"]?.uint64 ?? 0
        guard version <= 1 else {
            throw .damagedKey(number, "is of version \(version); 0 and 1 exist")
        }
        vector = try bytes("DSL_CRYPTO_IV", AEAD.vectorByteCount)
        code = try bytes("DSL_CRYPTO_MAC", AEAD.codeByteCount)
        wrappedMasterKey = try bytes("DSL_CRYPTO_MASTER_KEY_1", 32)
        wrappedHMACKey = try bytes("DSL_CRYPTO_HMAC_KEY_1", HMACSHA512.byteCount)
        rootDirectory = values["DSL_CRYPTO_ROOT_DDOBJ"]?.uint64
        referenceCount = values["DSL_CRYPTO_REFCOUNT"]?.uint64
        let stored = values["keyformat"]?.uint64
        format = stored.flatMap { KeyFormat(rawValue: $0) }
        if format == nil {
            problems.append("the key format is \(stored.map { String($0) } ?? "missing")")
        }
        passphraseSalt = values["pbkdf2salt"]?.uint64 ?? 0
        iterations = values["pbkdf2iters"]?.uint64 ?? 0
        self.problems = problems
    }
}

extension KeyObject {
    package var record: Record {
        var record = Record([
            "object": .number(object), "encryption": .text(suite.description),
            "key_guid": .guid(GUID(guid)), "version": .number(version),
            "key_format": format.map { .text($0.description) } ?? Record.Value.none,
        ])
        if let rootDirectory { record.add("root_directory", .number(rootDirectory)) }
        if let referenceCount { record.add("references", .number(referenceCount)) }
        if format == .passphrase { record.add("pbkdf2_iterations", .number(iterations)) }
        if !problems.isEmpty { record.add("problems", .list(problems.map { .text($0) })) }
        return record
    }
}
