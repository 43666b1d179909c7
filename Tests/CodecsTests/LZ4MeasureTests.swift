import Bytes
import Codecs
import TestSupport
import Testing

/// Following the lengths of an LZ4 stream must judge as the library does that expands it.
@Suite struct LZ4MeasureTests {
    private func isSound(_ stream: [UInt8], count: Int) -> Bool {
        (try? CompressionAlgorithm.lz4.measure(stream.rawBytes, expectedCount: count)) != nil
    }

    private func expands(_ stream: [UInt8], count: Int) -> Bool {
        (try? CompressionAlgorithm.lz4.decompress(stream.rawBytes, expectedCount: count)) != nil
    }

    /// The byte of a stream at which it is told to be damaged.
    private func placeOfDamage(_ stream: [UInt8], count: Int) -> Int? {
        do {
            try CompressionAlgorithm.lz4.measure(stream.rawBytes, expectedCount: count)
        } catch {
            if case .malformed(_, let place, _) = error { return place }
        }
        return nil
    }

    private func below(_ limit: UInt64, _ random: inout SplitMix64) -> Int {
        Int(UInt64.random(in: 0..<limit, using: &random))
    }

    /// Contents that repeat themselves in many ways.
    private func sample(_ random: inout SplitMix64, count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let kind = below(24, &random)
            switch kind {
            case 0...8:
                // Now and then so many that their length just takes one byte more, or just two.
                for _ in 0..<below(40, &random) + (kind == 0 ? 250 : 0) {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                }
            case 9...16: bytes += [UInt8](repeating: 7, count: below(600, &random))
            default: bytes += [UInt8](bytes.suffix(below(90, &random)))
            }
        }
        return [UInt8](bytes.prefix(count))
    }

    @Test func `whole streams are sound, and only at their own length`() throws {
        var random = SplitMix64(state: 1)
        for count in [512, 513, 4096, 20_000, 131_072] {
            let bytes = sample(&random, count: count)
            let stream = try #require(
                try CompressionAlgorithm.lz4.compress(bytes.rawBytes, limit: count + 4096))
            #expect(isSound(stream, count: count))
            #expect(!isSound(stream, count: count - 1))
            #expect(!isSound(stream, count: count + 1))
        }
    }

    @Test func `a stream that was cut gives the front of what it held`() throws {
        var random = SplitMix64(state: 3)
        for count in [512, 4096, 16_384] {
            let bytes = sample(&random, count: count)
            let stream = try #require(
                try CompressionAlgorithm.lz4.compress(bytes.rawBytes, limit: count + 4096))
            var longest = 0
            for end in stride(from: 0, to: stream.count, by: 3) {
                var part = [UInt8](stream.prefix(end))
                if end >= 4 {
                    for index in 0..<4 {
                        part[index] = UInt8(truncatingIfNeeded: (end - 4) >> (24 - index * 8))
                    }
                }
                let saved = CompressionAlgorithm.lz4.salvage(part.rawBytes, expectedCount: count)
                #expect(saved == [UInt8](bytes.prefix(saved.count)), "cut to \(end) bytes")
                longest = max(longest, saved.count)
            }
            #expect(longest > count / 2)
        }
    }

    @Test func `what the library can't expand is not sound, and the other way round`() throws {
        var random = SplitMix64(state: 2)
        var damaged = 0
        var before: (stream: [UInt8], count: Int, isSound: Bool) = ([], 512, false)
        for _ in 0..<6000 {
            let count = 512 + below(4096, &random)
            let bytes = sample(&random, count: count)
            var stream = try #require(
                try CompressionAlgorithm.lz4.compress(bytes.rawBytes, limit: count + 4096))
            let place = below(UInt64(stream.count), &random)
            stream[place] ^= 1 << UInt8(below(8, &random))
            let isSound = isSound(stream, count: count)
            if isSound != expands(stream, count: count) {
                // A match that reaches back by nothing is no LZ4, though the library lets it pass.
                let distance = try #require(placeOfDamage(stream, count: count))
                #expect(!isSound && stream[distance] == 0 && stream[distance + 1] == 0)
            }
            if !isSound { damaged += 1 }
            // Beside another the judgement is the same.
            let errors = CompressionAlgorithm.lz4.measure(
                stream.rawBytes, expectedCount: count, and: before.stream.rawBytes,
                otherCount: before.count)
            #expect((errors.0 == nil) == isSound)
            #expect((errors.1 == nil) == before.isSound)
            before = (stream, count, isSound)
        }
        #expect(damaged > 500)
    }

    @Test func `every truncation is found`() throws {
        var random = SplitMix64(state: 3)
        let bytes = sample(&random, count: 2000)
        let stream = try #require(
            try CompressionAlgorithm.lz4.compress(bytes.rawBytes, limit: 4096))
        for length in 0..<stream.count {
            #expect(!isSound([UInt8](stream[..<length]), count: 2000))
        }
    }
}
