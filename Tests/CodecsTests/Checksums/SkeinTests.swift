import Bytes
import Testing

@testable import Codecs

/// Vectors of the Skein 1.3 paper (appendix C) and of the known answers that come with it.
struct SkeinTests {
    struct Case: Sendable, CustomStringConvertible {
        let message: [UInt8]
        let key: [UInt8]
        let bits: UInt64
        let digest: [UInt8]
        var description: String { "\(bits) bits of \(message.count) bytes, key \(key.count)" }

        init(_ message: [UInt8], key: [UInt8] = [], bits: UInt64, _ digest: String) {
            (self.message, self.key, self.bits) = (message, key, bits)
            self.digest = Vectors.bytes(digest)
        }
    }

    /// The bytes 255, 254, ... of the paper.
    private static func falling(_ count: Int) -> [UInt8] {
        (0..<count).map { 255 - UInt8($0) }
    }

    /// The data of the known answers "random", and their key.
    private static let random = Vectors.bytes(
        """
        D3090C72167517F7C7AD82A70C2FD3F6443F608301591E598EADB195E8357135
        BA26FEDE2EE187417F816048D00FC23512737A2113709A77E4170C49A94B7FDF
        F45FF579A72287743102E7766C35CA5ABC5DFE2F63A1E726CE5FBD2926DB03A2
        DD18B03FC1508A9AAC45EB362440203A323E09EDEE6324EE2E37B4432C1867ED
        """)
    private static let key = Vectors.bytes(
        """
        CB41F1706CDE09651203C2D0EFBADDF847A0D315CB2E53FF8BAC41DA0002672E
        920244C66E02D5F0DAD3E94C42BB65F0D14157DECF4105EF5609D5B0984457C1
        935DF3061FF06E9F204192BA11E5BB2CAC0430C1C370CB3D113FEA5EC1021EB8
        75E5946D7A96AC69A1626C6206B7252736F24253C9EE9B85EB852DFC81463134
        6C
        """)

    static let cases: [Case] = [
        Case(
            falling(1), bits: 512,
            """
            71B7BCE6FE6452227B9CED6014249E5BF9A9754C3AD618CCC4E0AAE16B316CC8
            CA698D864307ED3E80B6EF1570812AC5272DC409B5A012DF2A579102F340617A
            """),
        Case(
            falling(64), bits: 512,
            """
            45863BA3BE0C4DFC27E75D358496F4AC9A736A505D9313B42B2F5EADA79FC17F
            63861E947AFB1D056AA199575AD3F8C9A3CC1780B5E5FA4CAE050E989876625B
            """),
        Case(
            falling(128), bits: 512,
            """
            91CCA510C263C4DDD010530A33073309628631F308747E1BCBAA90E451CAB92E
            5188087AF4188773A332303E6667A7A210856F742139000071F48E8BA2A5ADB7
            """),
        Case([], bits: 256, "39CCC4554A8B31853B9DE7A1FE638A24CCE6B35A55F2431009E18780335D2621"),
        Case(
            [UInt8](repeating: 0, count: 128), bits: 256,
            "2D0E2E241972DF39BE822A8C682105C64747FAF8A10EC032881DE7DC67887CC2"),
        Case(
            random, bits: 256,
            "AA703B798B6F472BAA9D1E1689FA0F70F8DCA25A6046BB2C8FB7F34407934AE4"),
        Case(
            Array(random.prefix(8)), key: Array(key.prefix(32)), bits: 512,
            """
            0C1F1921253DD8E5C2D4C5F4099F851042D91147892705829161F5FC64D89785
            226EB6E187068493EE4C78A4B7C0F55A8CBBB1A5982C2DAF638FC6A74B16B0D7
            """),
        Case(
            Array(random.prefix(96)), key: Array(key.prefix(32)), bits: 512,
            """
            D10E3BA81855AC087FBF5A3BC1F99B27D05F98BA22441138026225D34A418B93
            FD9E8DFAF5120757451ADABE050D0EB59D271B0FE1BBF04BADBCF9BA25A8791B
            """),
        Case(
            Array(random.prefix(16)), key: Array(key.prefix(64)), bits: 512,
            """
            478D7B6C0CC6E35D9EBBDEDF39128E5A36585DB6222891692D1747D401DE34CE
            3DB6FCBAB6C968B7F2620F4A844A2903B547775579993736D2493A75FF6752A1
            """),
        Case(
            Array(random.prefix(64)), key: key, bits: 512,
            """
            7690BA61F10E0BBA312980B0212E6A9A51B0E9AADFDE7CA535754A706E042335
            B29172AAE29D8BAD18EFAF92D43E6406F3098E253F41F2931EDA5911DC740352
            """),
    ]

    @Test(arguments: cases)
    func `the published digests come out`(vector: Case) {
        let skein = Skein(outputBits: vector.bits, key: vector.key)
        let words = skein.digest(vector.message.rawBytes)
        let bytes = (0..<Int(vector.bits) / 8).map { index in
            UInt8(truncatingIfNeeded: words[index / 8] >> UInt64(index % 8 * 8))
        }
        #expect(bytes == vector.digest)
    }
}
