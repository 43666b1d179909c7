import Bytes
import TestSupport
import Testing

@testable import Codecs

/// LZJB is expanded in groups where no end is near; a plain reading item by item must agree with it everywhere.
@Suite struct LZJBTests {
    /// `lzjb_decompress` (`module/zfs/lzjb.c`) as its format says, one item after the other; nil for a payload that
    /// is none.
    private static func plain(_ source: [UInt8], count: Int) -> [UInt8]? {
        var output: [UInt8] = []
        var read = 0
        var flags: [Bool] = []
        while output.count < count {
            if flags.isEmpty {
                guard read < source.count else { return nil }
                flags = (0..<8).map { source[read] >> $0 & 1 == 1 }
                read += 1
            }
            guard flags.removeFirst() else {
                guard read < source.count else { return nil }
                output.append(source[read])
                read += 1
                continue
            }
            guard read + 1 < source.count else { return nil }
            let word = Int(source[read]) * 256 + Int(source[read + 1])
            read += 2
            let distance = word % 1024
            guard distance > 0, distance <= output.count else { return nil }
            for _ in 0..<word / 1024 + 3 where output.count < count {
                output.append(output[output.count - distance])
            }
        }
        return output
    }

    private static func expand(_ source: [UInt8], count: Int) -> [UInt8]? {
        try? CompressionAlgorithm.lzjb.decompress(source.rawBytes, expectedCount: count)
    }

    @Test(arguments: [1, 9, 535, 536, 537, 600, 1072, 1500, 5000])
    func `payloads of every length around a group's expand alike`(count: Int) throws {
        for payload in Payload.allCases {
            let bytes = payload.bytes(count)
            let packed = try #require(
                try CompressionAlgorithm.lzjb.compress(bytes.rawBytes, limit: count * 2 + 64))
            #expect(Self.expand(packed, count: count) == bytes)
            #expect(Self.plain(packed, count: count) == bytes)
            // The same payload asked for more or less than it holds.
            for wrong in [count - 1, count + 1, count + 600] where wrong > 0 {
                #expect(Self.expand(packed, count: wrong) == Self.plain(packed, count: wrong))
            }
        }
    }

    @Test(arguments: Fuzz.allCases)
    func `damaged payloads expand alike`(verb: Fuzz) throws {
        let bytes = Payload.text.bytes(1500)
        let packed = try #require(
            try CompressionAlgorithm.lzjb.compress(bytes.rawBytes, limit: 3000))
        verb.forEachSpoiled(Fuzz.words(packed.count, width: 1), of: packed) { spoiled in
            #expect(Self.expand(spoiled, count: 1500) == Self.plain(spoiled, count: 1500))
        }
    }

    @Test func `matches at every distance and of every length expand alike`() {
        var generator = Seed.generator()
        for _ in 0..<200 {
            // Eight bytes to point at, then groups of eight matches or bytes.
            var source: [UInt8] = [0] + (0..<8).map { _ in generator.next() }
            for _ in 0..<30 {
                let flags: UInt8 = generator.next()
                source.append(flags)
                for item in 0..<8 {
                    guard flags >> item & 1 == 1 else {
                        source.append(generator.next())
                        continue
                    }
                    let word =
                        UInt16.random(in: 0..<64, using: &generator) << 10
                        | UInt16.random(in: 1...40, using: &generator)
                    source += [UInt8(word >> 8), UInt8(word & 0xff)]
                }
            }
            for count in [540, 1100, 3000] {
                #expect(Self.expand(source, count: count) == Self.plain(source, count: count))
            }
        }
    }
}
