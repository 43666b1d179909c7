import Bytes
import Testing

/// What a finding says of damage that is known.
@Suite struct NVListDamageTests {
    /// Where `text` stands in `bytes`.
    private func place(of text: String, in bytes: [UInt8]) throws -> Int {
        let wanted = Array(text.utf8)
        return try #require(
            bytes.indices.first { bytes[$0...].starts(with: wanted) })
    }

    @Test(arguments: NVListFixture.allCases)
    func `an embedded NUL has its byte and its path`(_ fixture: NVListFixture) throws {
        var bytes = fixture.bytes
        let offset = try place(of: "/dev/sdb1", in: bytes) + 4
        bytes[offset] = 0
        let decoding = try NVList.decode(bytes.rawBytes)
        #expect(
            decoding.findings == [
                NVFinding(
                    byteOffset: offset, path: "vdev_tree.children[1].path", what: .embeddedNUL)
            ])
        #expect(decoding.list.uint64("last") == 42)
        let path = decoding.list.list("vdev_tree")?.lists("children")?.last?.string("path")
        #expect(path == "/dev\0sdb1")
    }

    @Test(arguments: [NVListFixture.native, .bigEndianNative])
    func `a native string without its NUL is told`(_ fixture: NVListFixture) throws {
        var bytes = fixture.bytes
        let offset = try place(of: "/dev/sdb1", in: bytes)
        for index in offset..<offset + 16 where bytes[index] == 0 { bytes[index] = 0x78 }
        let decoding = try NVList.decode(bytes.rawBytes)
        #expect(
            decoding.findings.contains(
                NVFinding(
                    byteOffset: offset, path: "vdev_tree.children[1].path",
                    what: .unterminatedString)))
        #expect(decoding.list.uint64("last") == 42)
    }

    @Test func `a wrong string length costs that string`() throws {
        var bytes = NVListFixture.xdr.bytes
        let offset = try place(of: "/dev/sda", in: bytes)
        bytes[offset - 1] = 200
        let decoding = try NVList.decode(bytes.rawBytes)
        #expect(!decoding.findings.isEmpty)
        #expect(decoding.findings.allSatisfy { $0.path == "vdev_tree.children[0].path" })
        let children = decoding.list.list("vdev_tree")?.lists("children")
        #expect(children?.first?.uint64("guid") == 7)
        #expect(children?.last?.string("path") == "/dev/sdb1")
        #expect(decoding.list.uint64("last") == 42)
    }

    @Test(arguments: [0, 8, 20, 1000, 0xffff_fff0] as [UInt32])
    func `a wrong encoded size is a finding and costs nothing`(_ size: UInt32) throws {
        var bytes = NVListFixture.xdr.bytes
        let name = try place(of: "vdev_tree", in: bytes)
        for index in 0..<4 {
            bytes[name - 12 + index] = UInt8(truncatingIfNeeded: size >> UInt32(24 - 8 * index))
        }
        let decoding = try NVList.decode(bytes.rawBytes)
        #expect(decoding.list == NVListFixture.list)
        #expect(decoding.findings.count == 1)
        #expect(decoding.findings.first?.path == "vdev_tree")
        #expect(decoding.findings.first?.byteOffset == name - 12)
    }

    @Test func `a wrong element count is a finding`() throws {
        var bytes = NVListFixture.xdr.bytes
        let name = try place(of: "int32s", in: bytes)
        bytes[name + 8 + 4 + 3] = 9
        let decoding = try NVList.decode(bytes.rawBytes)
        #expect(decoding.list == NVListFixture.list)
        #expect(
            decoding.findings == [
                NVFinding(
                    byteOffset: name - 12, path: "int32s",
                    what: .wrongElementCount(type: .int32Array, declared: 9, expected: 2))
            ])
    }

    @Test func `an unknown type is kept as its bytes`() throws {
        var bytes = NVListFixture.xdr.bytes
        let name = try place(of: "int32s", in: bytes)
        bytes[name + 8 + 3] = 77
        let decoding = try NVList.decode(bytes.rawBytes)
        guard case .unreadable(let type, let raw)? = decoding.list["int32s"] else {
            Issue.record("the pair was lost")
            return
        }
        #expect(type.rawValue == 77)
        #expect(raw == [0, 0, 0, 2, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 2])
        #expect(decoding.findings.map(\.what) == [.unknownType(77)])
        #expect(decoding.list.uint64("last") == 42)
    }

    @Test func `a finding reads as a sentence`() {
        let finding = NVFinding(
            byteOffset: 40, path: "vdev_tree.children[2].path", what: .embeddedNUL)
        #expect("\(finding)" == "vdev_tree.children[2].path, byte 40: string with a NUL inside")
    }
}
