import Bytes
import CCrypto

/// Encryption that also proves that nothing was changed: AES in GCM or CCM.
package enum AEAD {
    /// Bytes of the initialisation vector (`ZIO_DATA_IV_LEN`).
    package static let vectorByteCount = 12
    /// Bytes of the authentication code (`ZIO_DATA_MAC_LEN`).
    package static let codeByteCount = 16

    /// What is encrypted, and what proves it.
    package struct Sealed {
        package var vector: [UInt8]
        package var code: [UInt8]
        /// Bytes that are proven but not encrypted.
        package var authenticated: [UInt8]
        package var payload: [UInt8]

        package init(
            vector: [UInt8], code: [UInt8], authenticated: [UInt8] = [], payload: [UInt8]
        ) {
            self.vector = vector
            self.code = code
            self.authenticated = authenticated
            self.payload = payload
        }
    }

    /// The plain payload; nil where the code does not prove it, that is, the key is another or a byte was
    /// changed.
    package static func open(
        _ sealed: Sealed, _ suite: EncryptionSuite, key: SecretBytes
    ) throws(CodecError) -> [UInt8]? {
        guard sealed.code.count == codeByteCount else {
            throw .authentication("the code has the wrong length for \(suite)")
        }
        return try context(suite, key, vector: sealed.vector).open(sealed, key)
    }

    /// Encrypts `payload`, and gives the code that proves it and the `authenticated` bytes.
    ///
    /// A vector must never be used twice with one key.
    package static func seal(
        _ payload: [UInt8], authenticated: [UInt8], vector: [UInt8], _ suite: EncryptionSuite,
        key: SecretBytes
    ) throws(CodecError) -> Sealed {
        let context = try context(suite, key, vector: vector)
        guard let sealed = context.seal(payload, authenticated, vector, key) else {
            throw .unavailable(algorithm: "\(suite)", "libcrypto refused to encrypt")
        }
        return sealed
    }

    private static func context(
        _ suite: EncryptionSuite, _ key: SecretBytes, vector: [UInt8]
    ) throws(CodecError) -> AEADContext {
        guard let size = suite.keyByteCount else {
            throw .unknownAlgorithm("\(suite)")
        }
        guard key.count == size, vector.count == vectorByteCount else {
            throw .authentication("key or vector have the wrong length for \(suite)")
        }
        guard let context = AEADContext(suite) else {
            throw .unavailable(algorithm: "\(suite)", "libcrypto does not offer it")
        }
        return context
    }
}
