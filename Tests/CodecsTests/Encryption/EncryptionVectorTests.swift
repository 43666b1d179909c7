import Bytes
import Testing

@testable import Codecs

/// Published vectors for what the encryption of datasets is built of.
struct EncryptionVectorTests {
    /// McGrew and Viega's test cases 4, 10 and 16 of GCM; of CCM, cases 1 and 13 of Wycheproof.
    struct Case: Sendable, CustomStringConvertible {
        let suite: EncryptionSuite
        let key: String
        let vector: String
        let authenticated: String
        let plain: String
        let sealed: String
        let code: String
        var description: String { "\(suite), \(plain.count / 2) bytes" }

        func open(
            _ sealed: [UInt8]? = nil, code: [UInt8]? = nil, authenticated: [UInt8]? = nil
        ) throws(CodecError) -> [UInt8]? {
            try AEAD.open(
                AEAD.Sealed(
                    vector: Vectors.bytes(vector), code: code ?? Vectors.bytes(self.code),
                    authenticated: authenticated ?? Vectors.bytes(self.authenticated),
                    payload: sealed ?? Vectors.bytes(self.sealed)), suite,
                key: secret(Vectors.bytes(key)))
        }
    }

    private static func secret(_ bytes: [UInt8]) -> SecretBytes {
        SecretBytes(copying: bytes.rawBytes)
    }

    private static func revealed(_ secret: SecretBytes) -> [UInt8] { secret.withBytes { $0.array } }

    private static let key = "feffe9928665731c6d6a8f9467308308"

    private static func gcm(
        _ suite: EncryptionSuite, _ key: String, _ sealed: String, _ code: String
    ) -> Case {
        Case(
            suite: suite, key: key, vector: "cafebabefacedbaddecaf888",
            authenticated: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            plain: """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
                1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
                """, sealed: sealed, code: code)
    }

    static let cases = [
        gcm(
            .aes128GCM, key,
            """
            42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e
            21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091
            """, "5bc94fbc3221a5db94fae95ae7121a47"),
        gcm(
            .aes192GCM, key + "feffe9928665731c",
            """
            3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c
            7d773d00c144c525ac619d18c84a3f4718e2448b2fe324d9ccda2710
            """, "2519498e80f1478f37ba55bd6d27618c"),
        gcm(
            .aes256GCM, key + key,
            """
            522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
            8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
            """, "76fc6ece0f4e1768cddf8853bb2d551b"),
        Case(
            suite: .aes128CCM, key: "bedcfb5a011ebc84600fcb296c15af0d",
            vector: "438a547a94ea88dce46c6c85", authenticated: "", plain: "", sealed: "",
            code: "25d1a38495a7dea45bda049705627d10"),
        Case(
            suite: .aes128CCM, key: "d97c9b043bdccfd59491a995e78f1696",
            vector: "ef423240358830df915506a3", authenticated: "3ddba7b3ab69c8b2",
            plain: "f047594a5cffda64303a80b2fa6a957169",
            sealed: "e0caf2a9d50f70ecaa43b4a287c3b34a99",
            code: "cff4c61882b413b686ff35b63a3a73de"),
    ]

    @Test(arguments: cases)
    func `the published text decrypts`(vector: Case) throws {
        #expect(try vector.open() == Vectors.bytes(vector.plain))
    }

    @Test(arguments: cases)
    func `the published text encrypts to the published bytes and code`(vector: Case) throws {
        let sealed = try AEAD.seal(
            Vectors.bytes(vector.plain), authenticated: Vectors.bytes(vector.authenticated),
            vector: Vectors.bytes(vector.vector), vector.suite,
            key: Self.secret(Vectors.bytes(vector.key)))
        #expect(sealed.payload == Vectors.bytes(vector.sealed))
        #expect(sealed.code == Vectors.bytes(vector.code))
    }

    @Test(arguments: cases)
    func `no changed bit is accepted`(vector: Case) throws {
        let sealed = Vectors.bytes(vector.sealed)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(try vector.open(changed) == nil)
        }
        let code = Vectors.bytes(vector.code)
        for index in code.indices {
            var changed = code
            changed[index] ^= 0x80
            #expect(try vector.open(code: changed) == nil)
        }
        #expect(
            try vector.open(authenticated: Vectors.bytes(vector.authenticated) + [0]) == nil)
    }

    @Test func `a payload of no bytes opens in Galois mode too`() throws {
        // Case 1 of McGrew and Viega.
        let vector = Case(
            suite: .aes128GCM, key: String(repeating: "00", count: 16),
            vector: String(repeating: "00", count: 12), authenticated: "", plain: "",
            sealed: "", code: "58e2fccefa7e3061367f1d57a4e7455a")
        #expect(try vector.open() == [])
    }

    /// RFC 4231, test cases 1, 2 and 6.
    static let codes: [([UInt8], String, String)] = [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            """
            87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde
            daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854
            """
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            """
            164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554
            9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737
            """
        ),
        (
            [UInt8](repeating: 0xaa, count: 131),
            "Test Using Larger Than Block-Size Key - Hash Key First",
            """
            80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352
            6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598
            """
        ),
    ]

    @Test(arguments: codes)
    func `HMAC-SHA512 gives the published codes`(
        key: [UInt8], message: String, code: String
    ) throws {
        let message = Array(message.utf8)
        #expect(
            try HMACSHA512.compute(key: Self.secret(key), message.rawBytes)
                == Vectors.bytes(code))
    }

    /// RFC 5869's third input, whose output for SHA-512 many libraries share.
    @Test(arguments: [16, 24, 32, 42, 64])
    func `HKDF gives the known key`(count: Int) throws {
        let key = try KeyDerivation.blockKey(
            master: Self.secret([UInt8](repeating: 0x0b, count: 22)), salt: [], count: count)
        let known = Vectors.bytes(
            """
            f5fa02b18298a72a8c23898a8703472c6eb179dc204c03425c970e3b164bf90f
            ff22d04836d0e2343bacc4e7cb6045faaa698e0e3b3eb91331306def1db8319e
            """)
        #expect(Self.revealed(key) == Array(known.prefix(count)))
    }

    @Test(arguments: [0, UInt64.max, 1 << 31])
    func `a count of iterations that can't be done is refused`(iterations: UInt64) {
        #expect(throws: CodecError.self) {
            try KeyDerivation.wrappingKey(
                passphrase: Self.secret([1]), salt: 1, iterations: iterations)
        }
    }
}
