import Bytes
import Testing

@testable import Codecs

struct BLAKE3Tests {
    /// A length of the published input (0, 1, ... 250, 0, ...) and the first 32 bytes of both digests.
    ///
    /// Up to 102400 bytes from BLAKE3's `test_vectors.json`, above that from its reference
    /// implementation in portable C.
    struct Case: Sendable, CustomStringConvertible {
        let count: Int
        let hash: String
        let keyed: String
        var description: String { "\(count)" }
        var input: [UInt8] { Array(BLAKE3Tests.pattern.prefix(count)) }
    }

    private static let pattern: [UInt8] = {
        var bytes = [UInt8](0...250)
        while bytes.count < 2 << 20 { bytes += bytes }
        return bytes
    }()

    static let cases = Vectors.table("blake3.tsv").map { row in
        Case(count: Int(row[0]) ?? 0, hash: row[1], keyed: row[2])
    }

    @Test func `the list is not empty`() { #expect(Self.cases.count > 40) }

    @Test(arguments: cases)
    func `the published digests come out`(vector: Case) {
        let input = vector.input
        let key = Array("whats the Elvish word for friend".utf8)
        let hash = BLAKE3().checksum(input.rawBytes, .big)
        let keyed = BLAKE3(salt: key).checksum(input.rawBytes, .big)
        #expect(hash.description.filter { $0 != ":" } == vector.hash)
        #expect(keyed.description.filter { $0 != ":" } == vector.keyed)
    }

    @Test func `a salt has 32 bytes`() {
        #expect(ChecksumSalt([UInt8](repeating: 1, count: 32)) != nil)
        for count in [0, 31, 33, 64] {
            #expect(ChecksumSalt([UInt8](repeating: 1, count: count)) == nil)
        }
    }

    @Test(arguments: [ChecksumAlgorithm.skein, .edonr, .blake3])
    func `a salted checksum needs the salt`(algorithm: ChecksumAlgorithm) {
        let bytes = [UInt8](repeating: 1, count: 512)
        #expect(throws: CodecError.missingSalt(algorithm: "\(algorithm)")) {
            try algorithm.compute(bytes.rawBytes, .little)
        }
    }
}
