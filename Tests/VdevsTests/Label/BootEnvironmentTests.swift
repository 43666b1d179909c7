import Bytes
import Codecs
import Devices
import TestSupport
import Testing
import Vdevs

@Suite struct BootEnvironmentTests {
    /// A label with `contents` behind the version in its boot environment.
    private static func label(version: UInt64, contents: [UInt8]) throws -> Label {
        var part = [UInt8](repeating: 0, count: LabelPart.bootEnvironment.range.count)
        try BootEnvironment.Layout.version.write(version, into: &part, .big)
        let start = BootEnvironment.Layout.contents
        part.replaceSubrange(start..<start + contents.count, with: contents)
        let offset = UInt64(LabelPart.bootEnvironment.range.lowerBound)
        try EmbeddedChecksum.seal(
            &part, .label, verifier: EmbeddedChecksum.labelVerifier(offset: offset), .little)
        var bytes = [UInt8](repeating: 0, count: LabelPart.labelSize)
        bytes.replaceSubrange(LabelPart.bootEnvironment.range, with: part)
        return try decode(bytes)
    }

    private static func decode(_ bytes: [UInt8]) throws -> Label {
        try Label(bytes.rawBytes, index: 0, at: 0)
    }

    @Test func `a pool that no boot loader uses has an empty one with a checksum`() throws {
        let folder = try TestPool.named("basic").unpack()
        let set = LabelSet(try FileDevice(path: "\(folder)/d0"))
        for label in set.labels {
            #expect(label.bootEnvironment.checksum.isValid)
            #expect(label.bootEnvironment.contents == .empty)
        }
    }

    @Test func `GRUB's text is read`() throws {
        let text = "# GRUB Environment Block\nsaved_entry=1\n"
        let label = try Self.label(version: 0, contents: Array(text.utf8))
        #expect(label.bootEnvironment.checksum.isValid)
        #expect(label.bootEnvironment.contents == .text(text))
    }

    @Test func `names and values are read`() throws {
        let list: NVList = [
            "version": .uint64(1), "freebsd:bootonce": .string("zfs:tank/ROOT/new:"),
        ]
        let label = try Self.label(version: 1, contents: list.encodedXDR(order: .little))
        guard case .list(let decoding) = label.bootEnvironment.contents else {
            Issue.record("\(label.bootEnvironment.contents)")
            return
        }
        #expect(decoding.list == list)
        #expect(decoding.findings.isEmpty)
    }

    @Test func `a command from before there was a format is read`() throws {
        // "zfs:tank" stands where the version would.
        let label = try Self.label(version: 0x7a66_733a_7461_6e6b, contents: Array("/ROOT:".utf8))
        #expect(label.bootEnvironment.contents == .bootOnce("zfs:tank/ROOT:"))
    }

    @Test(arguments: ByteOrder.allCases)
    func `the boot header of old pools is read`(order: ByteOrder) throws {
        typealias Layout = BootEnvironment.Layout
        var bytes = [UInt8](repeating: 0, count: 64)
        try Layout.headerMagic.write(Layout.headerMagicNumber, into: &bytes, order)
        try Layout.headerVersion.write(1, into: &bytes, order)
        try Layout.headerOffset.write(512 << 10, into: &bytes, order)
        try Layout.headerSize.write(3584 << 10, into: &bytes, order)
        let label = try Self.label(
            version: bytes.rawBytes.integer(at: 0, .big), contents: Array(bytes[8...]))
        #expect(
            label.bootEnvironment.contents
                == .bootHeader(version: 1, offset: 512 << 10, size: 3584 << 10))
    }

    @Test(arguments: BootEnvironment.Layout.fields, Fuzz.allCases)
    func `no field can crash the decoder`(field: AnyField, verb: Fuzz) throws {
        var bytes = [UInt8](repeating: 0, count: LabelPart.bootEnvironment.range.count)
        try BootEnvironment.Layout.headerMagic.write(
            BootEnvironment.Layout.headerMagicNumber, into: &bytes, .big)
        bytes.replaceSubrange(field.range, with: verb.apply(to: Array(bytes[field.range])))
        _ = BootEnvironment(bytes.rawBytes, at: 8192).record
    }

    @Test func `a version from the future is unknown`() throws {
        let label = try Self.label(version: 2, contents: [1, 2, 3])
        #expect(label.bootEnvironment.contents == .unknown(version: 2))
    }

    @Test func `a list that is none is told`() throws {
        let label = try Self.label(version: 1, contents: [9, 9, 9])
        guard case .unreadable = label.bootEnvironment.contents else {
            Issue.record("\(label.bootEnvironment.contents)")
            return
        }
    }
}
