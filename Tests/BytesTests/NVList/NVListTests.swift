import Bytes
import Testing

@Suite struct NVListTests {
    @Test(arguments: NVListFixture.allCases)
    func `reads every data type in each encoding and byte order`(_ fixture: NVListFixture) throws {
        let bytes = fixture.bytes
        let decoding = try decode(bytes)
        #expect(decoding.list == NVListFixture.list)
        #expect(decoding.findings.isEmpty)
        // libnvpair reckons with a count word for the empty array and does not write it.
        #expect(decoding.byteCount == bytes.count - (fixture == .xdr ? 4 : 0))
        #expect(decoding.encoding == (fixture == .xdr ? .xdr : .native))
        #expect(decoding.order == (fixture == .bigEndianNative ? .big : .little))
    }

    @Test func `packs what it reads`() throws {
        let packed = try NVListFixture.list.encodedXDR(order: .big)
        let decoding = try decode(packed)
        #expect(decoding.list == NVListFixture.list)
        #expect(decoding.findings.isEmpty)
        #expect(decoding.order == .big)
    }

    /// The C library fills small negative numbers with their sign and the kernel with zeros, which is
    /// what we write; all else is the same.
    @Test func `packs byte for byte as ZFS does`() throws {
        var list = NVListFixture.list
        list.pairs.removeAll { ["byte", "int8", "uint8", "bytes"].contains($0.name) }
        list.pairs.removeAll { ["int8s", "uint8s", "int16", "int16s"].contains($0.name) }
        let fixture = NVListFixture.xdr.bytes
        var expected = Array(fixture.dropLast(4))
        for pair in try Self.places(of: fixture).reversed()
        where !list.pairs.contains(where: { $0.name == pair.name }) {
            expected.removeSubrange(pair.range)
        }
        #expect(try list.encodedXDR(order: .little) == expected)
    }

    @Test(arguments: NVListFixture.allCases)
    func `a list cut short anywhere keeps what stands before the cut`(
        _ fixture: NVListFixture
    ) throws {
        let whole = fixture.bytes
        let bytes = whole.prefix(try decode(whole).byteCount)
        for count in 0..<bytes.count {
            let cut = Array(bytes.prefix(count))
            guard count >= NVList.Layout.byteCount else {
                #expect(throws: FormatError.self) { try decode(cut) }
                continue
            }
            let decoding = try decode(cut)
            #expect(!decoding.findings.isEmpty, "cut to \(count) bytes")
            #expect(decoding.list.pairs.count <= NVListFixture.list.pairs.count)
            for (found, expected) in zip(decoding.list.pairs.dropLast(), NVListFixture.list.pairs) {
                #expect(found == expected)
            }
        }
    }

    @Test(arguments: NVListFixture.allCases)
    func `no damaged word loses more than its own pair`(_ fixture: NVListFixture) throws {
        let sound = fixture.bytes
        // A native list ends at the first pair of size 0, so that word can't be told from damage.
        var words: [[UInt8]] = [[0xff, 0xff, 0xff, 0xff], [0, 0, 0, 1], [0x5a, 0, 1, 0x80]]
        if fixture == .xdr { words.append([0, 0, 0, 0]) }
        for offset in stride(from: NVList.Layout.byteCount, to: sound.count - 8, by: 4) {
            for word in words {
                var bytes = sound
                bytes.replaceSubrange(offset..<offset + 4, with: word)
                let list = try decode(bytes).list
                let lost = NVListFixture.list.pairs.filter { !list.pairs.contains($0) }
                // A pair of four bytes that ends in zeros can look like the end of the list.
                #expect(lost.count <= 2, "\(fixture), byte \(offset): \(word) lost \(lost)")
            }
        }
    }

    @Test func `the last of two pairs of one name is looked up and both are kept`() throws {
        var list: NVList = ["a": .uint64(1), "a": .uint64(2)]
        var decoding = try decode(list.encodedXDR(order: .little))
        #expect(decoding.list.pairs.count == 2)
        #expect(decoding.list.uint64("a") == 2)
        #expect(decoding.findings.map(\.what) == [.duplicateName])
        list.flags = 0
        decoding = try decode(list.encodedXDR(order: .little))
        #expect(decoding.findings.map(\.what) == [.badFlags(0)])
    }

    @Test func `nesting has a limit`() throws {
        var list: NVList = ["a": .uint64(1)]
        for _ in 0..<200 { list = ["a": .list(list)] }
        let decoding = try decode(list.encodedXDR(order: .little))
        #expect(
            decoding.findings.contains {
                if case .tooDeep = $0.what { true } else { false }
            })
    }

    @Test(arguments: [0x0201_0000, 0x0102_0000, 0xffff_ffff] as [UInt32])
    func `a header of no known encoding or byte order throws`(_ word: UInt32) {
        var bytes = NVListFixture.xdr.bytes
        for index in 0..<4 {
            bytes[index] = UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * index))
        }
        #expect(throws: FormatError.self) { try decode(bytes) }
    }

    private func decode(_ bytes: [UInt8]) throws -> NVListDecoding {
        try NVList.decode(bytes.rawBytes)
    }

    /// Where each pair of the outermost list lies in an XDR list, by its stored sizes.
    private static func places(
        of bytes: [UInt8]
    ) throws -> [(name: String, range: Range<Int>)] {
        var places: [(String, Range<Int>)] = []
        var offset = NVList.Layout.byteCount
        while true {
            var size: UInt32 = try bytes.rawBytes.integer(at: offset, .big)
            guard size != 0 else { return places }
            let count: UInt32 = try bytes.rawBytes.integer(at: offset + 8, .big)
            let name = bytes[offset + 12..<offset + 12 + Int(count)]
            if Array(name) == Array("none".utf8) { size -= 4 }
            places.append((String(decoding: name, as: UTF8.self), offset..<offset + Int(size)))
            offset += Int(size)
        }
    }
}
