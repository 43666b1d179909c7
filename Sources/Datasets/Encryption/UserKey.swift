import Bytes
package import Codecs

/// What a user gave as a dataset's key: the bytes of a file, or a line that was typed.
package struct UserKey: Sendable {
    /// The most bytes that are taken for a key; a passphrase has at most 512.
    package static let byteLimit = 4096

    private let secret: SecretBytes

    package init(_ secret: SecretBytes) { self.secret = secret }

    /// The key that wraps the dataset's keys.
    ///
    /// A raw key must have exactly 32 bytes, a hexadecimal one 64 digits; of the latter and of a passphrase
    /// only the first line counts, without its end. Mirrors `get_key_material_stream`, `validate_key` and
    /// `derive_key` (`lib/libzfs/libzfs_crypto.c`).
    package func wrappingKey(for object: KeyObject) throws(PoolError) -> SecretBytes {
        guard let format = object.format else {
            throw .damagedKey(object.object, "does not say what form its key has")
        }
        switch format {
        case .raw:
            guard secret.count == KeyDerivation.wrappingKeyByteCount else {
                throw .badKey("a raw key has 32 bytes, this one \(secret.count)")
            }
            return secret
        case .hex: return try hexadecimalKey()
        case .passphrase:
            let line = firstLine()
            guard line.count > 0 else { throw .badKey("the passphrase is empty") }
            do {
                return try KeyDerivation.wrappingKey(
                    passphrase: line, salt: object.passphraseSalt, iterations: object.iterations)
            } catch {
                throw .damagedKey(object.object, "does not give a key: \(error)")
            }
        }
    }

    private func firstLine() -> SecretBytes {
        let end = secret.withBytes { bytes in
            for offset in 0..<bytes.byteCount {
                if let byte: UInt8 = try? bytes.integer(at: offset, .little), byte == 0x0a {
                    return offset
                }
            }
            return bytes.byteCount
        }
        return secret.part(0, end) ?? secret
    }

    private func hexadecimalKey() throws(PoolError) -> SecretBytes {
        let line = firstLine()
        let wanted = KeyDerivation.wrappingKeyByteCount * 2
        guard line.count == wanted else {
            throw .badKey("a hexadecimal key has \(wanted) digits, this one \(line.count)")
        }
        return try SecretBytes(count: wanted / 2) { (output) throws(PoolError) in
            try line.withBytes { (digits) throws(PoolError) in
                for index in 0..<wanted / 2 {
                    let high = try Self.digit(digits, index * 2)
                    let low = try Self.digit(digits, index * 2 + 1)
                    output.storeBytes(of: high << 4 | low, toByteOffset: index, as: UInt8.self)
                }
            }
        }
    }

    private static func digit(_ digits: RawSpan, _ offset: Int) throws(PoolError) -> UInt8 {
        let byte: UInt8 = (try? digits.integer(at: offset, .little)) ?? 0
        switch byte {
        case 0x30...0x39: return byte - 0x30
        case 0x41...0x46: return byte - 0x41 + 10
        case 0x61...0x66: return byte - 0x61 + 10
        default: throw .badKey("character \(offset + 1) of the key is no hexadecimal digit")
        }
    }
}
