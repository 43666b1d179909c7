import Bytes
import Testing

@testable import Codecs

struct SHA2Tests {
    /// FIPS 180-4's examples: the message "abc".
    private static let abc: [UInt8] = [0x61, 0x62, 0x63]

    @Test(arguments: ByteOrder.allCases)
    func `SHA-256 words are big-endian whatever the order`(order: ByteOrder) throws {
        let found = try ChecksumAlgorithm.sha256.compute(Self.abc.rawBytes, order)
        #expect(
            found.description
                == "ba7816bf8f01cfea:414140de5dae2223:b00361a396177a9c:b410ff61f20015ad")
    }

    @Test func `SHA-512/256 words are in the writer's order`() throws {
        let big = try ChecksumAlgorithm.sha512.compute(Self.abc.rawBytes, .big)
        #expect(
            big.description
                == "53048e2681941ef9:9b2e29b76b4c7dab:e4c2d0c634fc6d46:e0e2f13107e7af23")
        let little = try ChecksumAlgorithm.sha512.compute(Self.abc.rawBytes, .little)
        #expect(
            little.description
                == "f91e9481268e0453:ab7d4c6bb7292e9b:466dfc34c6d0c2e4:23afe70731f1e2e0")
    }

    @Test func `an empty block has a digest too`() throws {
        let empty: [UInt8] = []
        let found = try ChecksumAlgorithm.sha256.compute(empty.rawBytes, .little)
        #expect(
            found.description
                == "e3b0c44298fc1c14:9afbf4c8996fb924:27ae41e4649b934c:a495991b7852b855")
    }
}
