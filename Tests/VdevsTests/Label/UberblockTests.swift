import Bytes
import Devices
import TestSupport
import Testing
import Vdevs

@Suite struct UberblockTests {
    /// The newest uberblock of `pool`'s first device.
    private static func newest(_ pool: String, device: String = "d0") throws -> Uberblock {
        let folder = try TestPool.named(pool).unpack()
        let set = LabelSet(try FileDevice(path: "\(folder)/\(device)"))
        return try #require(set.bestUberblock())
    }

    /// What `zdb -u` says of pools of both byte orders.
    @Test(
        arguments: [
            ("basic", ByteOrder.little, 90, 964_845_373_854_052_043, 1_795_219_272),
            ("be-disk", .big, 2036, 14_288_994_533_853_214_360, 1_795_225_081),
            ("be-raidz1", .big, 80, 2_804_937_871_941_632_865, 1_795_225_042),
            ("multihost", .little, 24, 15_396_669_344_435_889_128, 1_795_221_442),
            ("expanding", .little, 94, 13_361_276_614_029_768_454, 1_795_231_927),
        ] as [(String, ByteOrder, UInt64, UInt64, UInt64)])
    func `the newest uberblock is zdb's`(
        pool: String, order: ByteOrder, txg: UInt64, guidSum: UInt64, time: UInt64
    ) throws {
        let uberblock = try Self.newest(pool)
        #expect(uberblock.order == order)
        #expect(uberblock.version == 5000)
        #expect(uberblock.txg.rawValue == txg)
        #expect(uberblock.guidSum == guidSum)
        #expect(uberblock.timestamp == time)
        #expect(uberblock.checkpointTxg.rawValue == 0)
        #expect(uberblock.rootPointer.type.description == "DMU objset")
    }

    @Test func `multihost numbers are zdb's`() throws {
        let state = try Self.newest("multihost").multihost
        #expect(state.isOn)
        #expect(state.delay == 783_746_858)
        #expect(state.sequence == 0)
        #expect(state.failIntervals == 10)
        #expect(state.interval == 1000)
        #expect(state.validBits == 7)
        let off = try Self.newest("basic").multihost
        #expect(off.isKnown && !off.isOn)
        #expect(off.interval == nil)
    }

    @Test func `the place of an expansion is zdb's`() throws {
        let reflow = try Self.newest("expanding").reflow
        #expect(reflow.offset == 34_799_616)
        #expect(reflow.state == .invalidSyncedReflow)
    }

    /// The newest uberblock of a pool with multihost on, encoded into zeros.
    private static let sound = Result {
        var bytes = [UInt8](repeating: 0, count: Uberblock.Layout.byteCount)
        try newest("multihost").encode(into: &bytes)
        return bytes
    }

    @Test(arguments: 0..<Uberblock.Layout.byteCount)
    func `every truncation throws`(count: Int) throws {
        let bytes = try Self.sound.get()
        let cut = Array(bytes.prefix(count))
        #expect(throws: FormatError.self) { try Self.decode(cut) }
    }

    @Test(arguments: Fuzz.allCases, ByteOrder.allCases)
    func `no field can crash the decoder`(verb: Fuzz, order: ByteOrder) throws {
        var bytes = try Self.sound.get()
        if order == .big {
            for word in stride(from: 0, to: bytes.count - bytes.count % 8, by: 8) {
                bytes[word..<word + 8].reverse()
            }
        }
        #expect(try Self.decode(bytes).order == order)
        verb.forEachSpoiled(Uberblock.Layout.fields, of: bytes, order) { spoiled in
            if let uberblock = try? Self.decode(spoiled) { _ = uberblock.record }
        }
    }

    private static func decode(_ bytes: [UInt8]) throws -> Uberblock {
        try Uberblock(bytes.rawBytes)
    }

    @Test func `txg comes before time and time before the multihost sequence`() throws {
        func uberblock(txg: UInt64, time: UInt64, sequence: UInt64?) throws -> Uberblock {
            var bytes = try Self.sound.get()
            try Uberblock.Layout.txg.write(txg, into: &bytes, .little)
            try Uberblock.Layout.timestamp.write(time, into: &bytes, .little)
            try Uberblock.Layout.mmpConfig.write(
                sequence.map { $0 << 32 | 2 } ?? 0, into: &bytes, .little)
            return try Self.decode(bytes)
        }
        let ordered = [
            try uberblock(txg: 1, time: 9, sequence: 9),
            try uberblock(txg: 2, time: 1, sequence: 9),
            try uberblock(txg: 2, time: 2, sequence: nil),
            try uberblock(txg: 2, time: 2, sequence: 1),
            try uberblock(txg: 2, time: 2, sequence: 2),
        ]
        for (older, newer) in zip(ordered, ordered.dropFirst()) {
            #expect(older.precedes(newer))
            #expect(!newer.precedes(older))
        }
        let silent = ordered[2]
        #expect(!silent.precedes(silent))
    }
}
