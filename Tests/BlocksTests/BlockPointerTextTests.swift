import Blocks
import Bytes
import Synchronization
import TestSupport
import Testing
import Vdevs

/// Block pointers as `zdb -bbbbb` of OpenZFS 2.3.2 prints them.
@Suite struct BlockPointerTextTests {
    /// Notes every pointer that is read.
    private final class Recorder: BlockSource {
        let reader: BlockReader
        let pointers = Mutex<Set<BlockPointer>>([])

        init(_ reader: BlockReader) { self.reader = reader }

        func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
            pointers.withLock { _ = $0.insert(pointer) }
            return try reader.read(pointer)
        }
    }

    private static let recorded = [
        "gang": [
            """
            DVA[0]=<0:261600:200> DVA[1]=<0:108b000:200> DVA[2]=<0:2035400:200> [L0 DMU objset] fletcher4 lz4 \
            unencrypted LE contiguous unique triple size=1000L/200P birth=34L/34P fill=51 \
            cksum=0000000ade581a34:00000471eb2bf968:0000ec942fa3b3da:002157d3a9ac26c5
            """,
            """
            DVA[0]=<0:3600:200> DVA[1]=<0:1003600:200> DVA[2]=<0:2000400:200> [L0 bswap metadata zap] fletcher4 \
            lz4 unencrypted LE contiguous unique triple size=4000L/200P birth=4L/4P fill=1 \
            cksum=00000011ab159db5:0000078e75db983b:0001a3144de1c266:003d509f2d5cc361
            """,
            "EMBEDDED [L0 DSL directory child map] et=0 lz4 size=200L/58P birth=16L",
        ],
        "crypt": [
            """
            DVA[0]=<0:2b1a00:4000> DVA[1]=<0:11a5c00:4000> salt=88b26429b8df47f6 iv=333512c6637fe7fe:df2fd4ac \
            [L0 DMU dnode] fletcher4 uncompressed encrypted LE contiguous unique double size=4000L/4000P \
            birth=110L/110P fill=3 cksum=29e51b33297ee203:7f5cab753ab35c0d:6b9d20eccba77380:04a136c32ef31cd3
            """
        ],
    ]

    @Test("pointers read as zdb prints them", arguments: recorded.keys.sorted())
    func text(pool: String) throws {
        let probe = try ProbePool(TestPool.named(pool))
        let recorder = Recorder(probe.reader())
        _ = try probe.census(recorder, metadataOnly: true)
        let pointers = recorder.pointers.withLock { $0 }
        let lines = Set(pointers.map { "\($0)" })
        for line in try #require(Self.recorded[pool]) { #expect(lines.contains(line)) }
    }

    @Test("encoding gives the bytes that were decoded", arguments: ByteOrder.allCases)
    func roundTrip(order: ByteOrder) throws {
        let bytes = (0..<128).map { UInt8($0 * 37 % 251) }
        let pointer = try BlockPointer(bytes.rawBytes, order)
        #expect(pointer.encoded(order) == bytes)
    }

    @Test("no truncated pointer decodes", arguments: 0..<128)
    func truncated(count: Int) {
        #expect(throws: FormatError.self) {
            try BlockPointer([UInt8](repeating: 0xff, count: count).rawBytes, .little)
        }
    }

    @Test(
        "no field can crash what a pointer tells", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        let reader = BlockReader(
            vdevs: VdevTree(root: VdevNode(.root, guid: GUID(0)), devices: [:]))
        let bytes = (0..<128).map { UInt8($0 * 37 % 251) }
        try verb.forEachSpoiled(BlockPointer.Layout.fields, of: bytes, order) { spoiled in
            let pointer = try BlockPointer(spoiled.rawBytes, order)
            #expect(!"\(pointer)".isEmpty)
            #expect(!pointer.record.entries.isEmpty)
            #expect(pointer.logicalSize >= 0 && pointer.physicalSize > 0)
            _ = try? reader.read(pointer)
        }
    }
}
