import Bytes
import Devices
import TestSupport
import Testing
import Vdevs

@Suite struct L2ARCHeaderTests {
    /// The sector with the header of a real cache device.
    private static func sector() throws -> [UInt8] {
        let folder = try TestPool.named("classes").unpack()
        let device = try FileDevice(path: "\(folder)/ca0")
        return try device.read(at: L2ARCHeader.offset, count: L2ARCHeader.Layout.byteCount)
    }

    private static func decode(_ bytes: [UInt8]) throws -> L2ARCHeader {
        try L2ARCHeader(bytes.rawBytes)
    }

    @Test func `decodes in either byte order`() throws {
        let little = try Self.sector()
        var big = little
        for offset in stride(from: 0, to: big.count, by: 8) {
            big.replaceSubrange(offset..<offset + 8, with: little[offset..<offset + 8].reversed())
        }
        let (left, right) = (try Self.decode(little), try Self.decode(big))
        #expect(left.order == .little && right.order == .big)
        #expect(left.poolGUID == right.poolGUID)
        #expect(left.end == right.end)
        #expect(left.logPointers == right.logPointers)
    }

    @Test func `log pointers give sizes and algorithms`() throws {
        var bytes = try Self.sector()
        let place = L2ARCHeader.Layout.logPointers
        // 64 KiB in 4 KiB, LZ4, Fletcher-4, at 8 MiB.
        let words: [UInt64] = [8 << 20, 1 << 20, 7 << 20, 127 | 7 << 16 | 15 << 32 | 7 << 40]
        for (index, word) in words.enumerated() {
            try Field<UInt64>("lbp", at: place + index * 8).write(word, into: &bytes, .little)
        }
        let pointer = try #require(try Self.decode(bytes).logPointers.first)
        #expect(pointer.offset == 8 << 20)
        #expect(pointer.logicalSize == 64 << 10)
        #expect(pointer.physicalSize == 4 << 10)
        #expect("\(pointer.compression)" == "lz4")
        #expect("\(pointer.checksumAlgorithm)" == "fletcher4")
        #expect(!pointer.isEmpty)
    }

    @Test(arguments: Truncation.lengths(below: 232))
    func `every truncation throws`(count: Int) throws {
        let cut = Array(try Self.sector().prefix(count))
        #expect(throws: FormatError.self) { try Self.decode(cut) }
    }

    @Test(arguments: Fuzz.allCases, ByteOrder.allCases)
    func `no field can crash the decoder`(verb: Fuzz, order: ByteOrder) throws {
        var sound = try Self.sector()
        if order == .big {
            for word in stride(from: 0, to: sound.count, by: 8) {
                sound[word..<word + 8].reverse()
            }
        }
        verb.forEachSpoiled(L2ARCHeader.Layout.fields, of: sound, order) { bytes in
            guard let header = try? Self.decode(bytes) else { return }
            #expect(header.checksum.isValid == (order == .little && bytes == sound))
            _ = header.record
        }
    }
}
