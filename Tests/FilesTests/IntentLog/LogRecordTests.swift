import Bytes
import Files
import TestSupport
import Testing

@Suite struct LogRecordTests {
    private static func body<Body: LogRecordBody>(
        _ name: String, _ order: ByteOrder = .little, as type: Body.Type
    ) throws -> Body {
        let sample = try #require(LogRecordSample.all.first { $0.name == name })
        let record = try LogRecord(sample.bytes(order).rawBytes, order)
        guard case .decoded(let body as Body) = record.body else {
            throw FormatError(name, .invalid("\(record.body)"))
        }
        return body
    }

    @Test(
        "every kind decodes in either byte order", arguments: LogRecordSample.all,
        ByteOrder.allCases)
    func decodes(sample: LogRecordSample, order: ByteOrder) throws {
        let bytes = sample.bytes(order)
        let record = try LogRecord(bytes.rawBytes, order)
        #expect(record.type.rawValue == sample.type)
        #expect(record.txg == TransactionGroup(27))
        #expect(record.sequence == 7)
        #expect(record.byteCount == bytes.count)
        guard case .decoded(let body) = record.body else {
            Issue.record("not decoded: \(record.body)")
            return
        }
        let other = try LogRecord(sample.bytes(order.swapped).rawBytes, order.swapped)
        guard case .decoded(let twin) = other.body else { return }
        if sample.name != "acl v0", !sample.name.contains("acl") {
            #expect(body.record == twin.record)
        }
    }

    @Test(arguments: ByteOrder.allCases)
    func `a creation gives owner, time, slots and both names`(order: ByteOrder) throws {
        let link = try Self.body("symlink", order, as: LoggedCreation.self)
        #expect(link.directory == 34)
        #expect(link.object == 17)
        #expect(link.slots == 2)
        #expect(link.mode == 0o100644)
        #expect(link.user == 1001)
        #expect(link.group == 1002)
        #expect(link.creationTime == FileTime(seconds: -2, nanoseconds: 500_000_000))
        #expect(link.name == FileName("sym"))
        #expect(link.target == FileName("../base"))
    }

    @Test(arguments: ByteOrder.allCases)
    func `a creation finds its name behind attributes, ACL, FUIDs and domains`(
        order: ByteOrder
    ) throws {
        let file = try Self.body("create acl attr", order, as: LoggedCreation.self)
        #expect(file.name == FileName("both"))
        #expect(file.domains == ["S-1-5-21"])
        #expect(file.acl?.entries.count == 24)
        #expect(file.acl?.fuids == [0x1_0000_0007])
        #expect(file.attributes?.projectID == 99)
    }

    @Test func `a write tells where its data are`() throws {
        let inline = try Self.body("write inline", as: LoggedWrite.self)
        #expect(inline.source == .inline([1, 2, 3, 4, 5, 6, 7, 8]))
        #expect(inline.offset == 0x101000)
        #expect(try Self.body("write indirect", as: LoggedWrite.self).source == .block)
        #expect(try Self.body("write2", as: LoggedWrite.self).source == .tree)
    }

    @Test func `the rest of the bodies hold what was logged`() throws {
        let rename = try Self.body("rename whiteout", as: LoggedRename.self)
        #expect(rename.sourceName == FileName("w"))
        #expect(rename.targetName == FileName("moved"))
        #expect(rename.whiteout?.object == 40)
        let change = try Self.body("setattr", as: LoggedAttributes.self)
        #expect(change.size == 77)
        #expect(change.modificationTime == FileTime(seconds: -5, nanoseconds: 4))
        #expect(change.optional?.projectID == 99)
        let attribute = try Self.body("setsaxattr", as: LoggedExtendedAttribute.self)
        #expect(attribute.name == FileName("user.x"))
        #expect(attribute.value == [0x79])
        #expect(try Self.body("clone range", as: LoggedClone.self).pointers.count == 2)
        #expect(try Self.body("acl", as: LoggedACL.self).domains == ["S-1-5-21"])
    }

    @Test func `a case-insensitive request and an unknown type are kept`() throws {
        let sample = LogRecordSample("ci", 5 | 1 << 63, [34], [0x61, 0])
        let record = try LogRecord(sample.bytes(.little).rawBytes, .little)
        #expect(record.ignoresCase)
        #expect(record.type == .remove)
        let strange = LogRecordSample("strange", 99, [1, 2, 3])
        let unknown = try LogRecord(strange.bytes(.big).rawBytes, .big)
        guard case .unknown = unknown.body else {
            Issue.record("decoded an unknown type")
            return
        }
        #expect(unknown.bytes.count == 56)
    }

    @Test func `only pointers are taken from encrypted records`() throws {
        for name in ["write indirect", "clone range", "rename"] {
            let sample = try #require(LogRecordSample.all.first { $0.name == name })
            let record = try LogRecord(
                sample.bytes(.little).rawBytes, .little, isEncrypted: true)
            #expect(
                record.pointers.count == ["write indirect": 1, "clone range": 2][name, default: 0])
        }
    }

    @Test("every truncation throws", arguments: LogRecordSample.all)
    func truncated(sample: LogRecordSample) {
        for order in ByteOrder.allCases {
            let bytes = sample.bytes(order)
            for count in 0..<bytes.count {
                #expect(throws: FormatError.self) {
                    try LogRecord([UInt8](bytes.prefix(count)).rawBytes, order)
                }
            }
        }
    }

    @Test("a record that is too short for its kind is damaged", arguments: LogRecordSample.all)
    func tooShort(sample: LogRecordSample) throws {
        guard sample.name != "mkxattr", sample.name != "write inline" else { return }
        let full = sample.bytes(.little)
        for count in 32..<full.count where sample.type != 9 || count != 192 {
            var structure = StructureBytes(count: 0)
            structure.append([UInt8](full.prefix(count)))
            structure.put(UInt64(count), at: 8)
            let record = try LogRecord(structure.bytes.rawBytes, .little)
            if case .decoded = record.body {
                Issue.record("\(count) of \(full.count) bytes decoded")
            }
        }
    }

    @Test("no field can crash the decoder", arguments: LogRecordSample.all, Fuzz.allCases)
    func fuzz(sample: LogRecordSample, verb: Fuzz) {
        for order in ByteOrder.allCases {
            let valid = sample.bytes(order)
            for width in [4, 8] {
                verb.forEachSpoiled(Fuzz.words(valid.count, width: width), of: valid, order) {
                    for isEncrypted in [false, true] {
                        let record = try? LogRecord(
                            $0.rawBytes, order, isEncrypted: isEncrypted)
                        _ = record?.record
                    }
                }
            }
        }
    }
}
