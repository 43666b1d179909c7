import Bytes
import Testing

@testable import Codecs

/// The two published digests of Edon-R 512 as the SHA-3 contest's second round had it.
///
/// Every other length is proven by blocks of real pools (`RealBlockTests`).
struct EdonRTests {
    struct Case: Sendable, CustomStringConvertible {
        let message: String
        let digest: String
        var description: String { message }
    }

    static let cases = [
        Case(
            message: "abc",
            digest: """
                1b14db155f1d406594b8cef70a4362ec6b5de6a5daf50ec999e987c19d3049e2
                de5977bb05b1bb220050a1ea5b46a9f1740acafbf6b45032adc90c628372c22b
                """),
        Case(
            message: "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            digest: """
                5351070dc51c3b2baca5a60d0252ccb4e4921a96fe5a69e76dad48fd21a0845a
                d57f880b3e4a907bc503151842bb949e1cba7439a6409a34b8436cb46921583c
                """),
    ]

    @Test(arguments: cases)
    func `the published digests come out`(vector: Case) {
        let words = EdonR().digest(Array(vector.message.utf8).rawBytes)
        let bytes = (0..<64).map { index in
            UInt8(truncatingIfNeeded: words[index / 8] >> UInt64(index % 8 * 8))
        }
        #expect(bytes == Vectors.bytes(vector.digest))
    }
}
