import Bytes
import Codecs
import Devices
import TestSupport
import Testing
import Vdevs

/// Logs of cache devices put together word by word after `include/sys/arc_impl.h`; no packed pool has one, since its devices
/// are exported before a log block is full.
@Suite struct L2ARCLogTests {
    /// A cache device of 16 MiB with log blocks, the first of them the oldest.
    private struct Cache {
        let order: ByteOrder
        /// Where each log block lies; its buffers take the MiB before it.
        let offsets: [UInt64] = [6, 8, 10, 12].map { $0 << 20 }
        var isCompressed = false
        var evict: UInt64 = 4 << 20
        var flags: UInt64 = 1
        /// Changes a log block before its checksum is taken.
        var spoil: (Int, inout [UInt8]) -> Void = { _, _ in }

        static let start: UInt64 = 4 << 20 + 512
        static let end: UInt64 = 16 << 20
        static let entryCount: UInt64 = 3

        init(_ order: ByteOrder = .little) { self.order = order }

        func bytes(_ words: [UInt64], count: Int) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            let made = HandMade(order)
            for (index, word) in words.enumerated() { made.put(word, at: index * 8, into: &bytes) }
            return bytes
        }

        /// An expanded log block: three buffers of 128 KiB in 4 KiB, born in txgs 100, 101, 102 and so on.
        func expanded(_ index: Int, previous: [UInt64]) -> [UInt8] {
            var words = [0x4c4f_4742_4c4b_4844] + previous
            words += [UInt64](repeating: 0, count: 16 - words.count)
            for entry in 0..<Self.entryCount {
                words += [
                    1, 0x1000 + entry, 100 * UInt64(index + 1) + entry,
                    255 | 7 << 16 | 15 << 32 | 7 << 40, 5 << 20, 0, 0, 0,
                ]
            }
            return bytes(words, count: L2ARCLogBlock.byteCount)
        }

        /// The words of a pointer to stored bytes.
        func pointer(_ index: Int, to stored: [UInt8]) throws -> [UInt64] {
            let sum = try ChecksumAlgorithm.fletcher4.compute(stored.rawBytes, order)
            let sectors = UInt64(stored.count / 512 - 1)
            let kind: UInt64 = stored.count < L2ARCLogBlock.byteCount ? 15 : 0
            return [
                offsets[index], 1 << 20, offsets[index] - 1 << 20,
                127 | sectors << 16 | kind << 32 | 7 << 40, sum.word0, sum.word1, sum.word2,
                sum.word3,
            ]
        }

        func device() throws -> MemoryDevice {
            var pieces: [UInt64: [UInt8]] = [:]
            var pointers: [[UInt64]] = []
            let none = [UInt64](repeating: 0, count: 8)
            for index in offsets.indices {
                var block = expanded(index, previous: index < 2 ? none : pointers[index - 2])
                spoil(index, &block)
                if isCompressed {
                    let packed = try #require(
                        try CompressionAlgorithm.lz4.compress(block.rawBytes, limit: block.count))
                    let padding = (512 - packed.count % 512) % 512
                    block = packed + [UInt8](repeating: 0, count: padding)
                }
                pieces[offsets[index]] = block
                pointers.append(try pointer(index, to: block))
            }
            pieces[L2ARCHeader.offset] = try header(Array(pointers.reversed().prefix(2).joined()))
            return MemoryDevice(byteCount: Self.end, pieces: pieces)
        }

        func header(_ pointers: [UInt64]) throws -> [UInt8] {
            var sector = bytes(
                [
                    0x5a46_5343_4143_4845, 1, 5, 6, Self.entryCount, evict, flags, Self.start,
                    Self.end,
                ] + pointers + [4 << 16, 4, 0, 0], count: 512)
            let verifier = EmbeddedChecksum.labelVerifier(offset: L2ARCHeader.offset)
            try EmbeddedChecksum.seal(&sector, .label, verifier: verifier, order)
            return sector
        }

        func log(_ device: MemoryDevice? = nil) throws -> L2ARCLog {
            let device = try device ?? self.device()
            let header = try #require(try L2ARCHeader.read(device))
            #expect(header.checksum.isValid)
            return L2ARCLog(header, on: device)
        }
    }

    private static func offsets(_ log: L2ARCLog) -> [UInt64] {
        log.blocks.map { $0.pointer.offset >> 20 }
    }

    @Test(
        "both chains are followed, newest block first", arguments: ByteOrder.allCases,
        [false, true])
    func follows(order: ByteOrder, isCompressed: Bool) throws {
        var cache = Cache(order)
        cache.isCompressed = isCompressed
        let log = try cache.log()
        #expect(Self.offsets(log) == [12, 10, 8, 6])
        #expect(log.end == .complete)
        #expect(log.blocks.allSatisfy { $0.entryCount == 3 && $0.bufferBytes == 3 * 4096 })
        #expect(log.blocks.map(\.oldestBirth?.rawValue) == [400, 300, 200, 100])
        #expect(log.blocks.map(\.newestBirth?.rawValue) == [402, 302, 202, 102])
        #expect(log.record["buffers"] == .number(12))
    }

    @Test func `an entry tells where the block lies in the pool and on the device`() throws {
        let cache = Cache(.big)
        let block = try L2ARCLogBlock(
            cache.expanded(0, previous: []).rawBytes, entryCount: 3)
        let entry = try #require(block.entries.first)
        #expect(block.order == .big)
        #expect(entry.dva == DVA(vdev: 0, offset: 0x1000 << 9, allocatedSize: 512))
        #expect(entry.birth == TransactionGroup(100))
        #expect(entry.address == 5 << 20)
        #expect(entry.logicalSize == 128 << 10 && entry.physicalSize == 4096)
        #expect(entry.compression == .lz4 && !entry.isProtected)
    }

    @Test func `what was evicted or never written ends the log`() throws {
        var cache = Cache()
        // The device was swept before: all up to 9 MiB makes room for what comes next.
        cache.flags = 0
        cache.evict = 9 << 20 + 4096
        #expect(Self.offsets(try cache.log()) == [12])
        cache.evict = 7 << 20 + 4096
        #expect(Self.offsets(try cache.log()) == [12, 10])
        let empty = try cache.header([UInt64](repeating: 0, count: 16))
        let device = MemoryDevice(byteCount: Cache.end, pieces: [L2ARCHeader.offset: empty])
        #expect(try cache.log(device).end == .empty)
    }

    @Test func `a wrong checksum ends the log behind the blocks before`() throws {
        let cache = Cache()
        let device = try cache.device()
        var block = try device.read(at: 8 << 20, count: L2ARCLogBlock.byteCount)
        block[5000] ^= 1
        let patched = try Overlay(device, patches: [Patch(at: 8 << 20, block)])
        let header = try #require(try L2ARCHeader.read(patched))
        let log = L2ARCLog(header, on: patched)
        #expect(Self.offsets(log) == [12, 10])
        guard case .checksum(let pointer, _) = log.end else {
            Issue.record("\(log.end)")
            return
        }
        #expect(pointer.offset == 8 << 20)
        #expect("\(log.end)" == "the log block at byte 0x800000 does not match its checksum")
    }

    @Test func `a chain that comes back ends`() throws {
        var cache = Cache()
        cache.spoil = { index, block in
            // The oldest but one leads to the newest again, whose checksum nobody could know before.
            guard index == 1 else { return }
            let words: [UInt64] = [12 << 20, 1 << 20, 11 << 20, 127 | 127 << 16 | 7 << 40]
            for (place, word) in words.enumerated() {
                HandMade().put(word, at: 8 + place * 8, into: &block)
            }
        }
        let log = try cache.log()
        #expect(Self.offsets(log) == [12, 10, 8, 6])
        guard case .circle = log.end else {
            Issue.record("\(log.end)")
            return
        }
    }

    @Test func `a block without its magic number is none`() throws {
        var cache = Cache()
        cache.spoil = { index, block in if index == 2 { block[0] ^= 1 } }
        let log = try cache.log()
        #expect(Self.offsets(log) == [12])
        guard case .malformed(_, let error) = log.end else {
            Issue.record("\(log.end)")
            return
        }
        #expect(error.field == "lb_magic")
    }

    @Test func `a device that ends before its log is told`() throws {
        let cache = Cache()
        let device = try cache.device()
        let header = try #require(try L2ARCHeader.read(device))
        let log = L2ARCLog(header, on: HostileDevice(device, .truncated(to: 9 << 20)))
        #expect(log.blocks.isEmpty)
        guard case .unreadable = log.end else {
            Issue.record("\(log.end)")
            return
        }
    }

    @Test("every truncation throws", arguments: Truncation.lengths(below: 320))
    func truncated(count: Int) {
        for order in ByteOrder.allCases {
            let whole = Cache(order).expanded(0, previous: [])
            let cut = [UInt8](whole.prefix(count))
            #expect(throws: FormatError.self) { try L2ARCLogBlock(cut.rawBytes, entryCount: 3) }
            let entry = [UInt8](whole.dropFirst(128).prefix(min(count, 47)))
            #expect(throws: FormatError.self) { try L2ARCLogEntry(entry.rawBytes, order) }
        }
    }

    @Test("no field can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        let cache = Cache(order)
        let whole = cache.expanded(0, previous: [])
        let fields =
            L2ARCLogBlock.Layout.fields
            + L2ARCLogEntry.Layout.fields.map {
                AnyField($0.name, $0.range.lowerBound + 128..<$0.range.upperBound + 128)
            }
        verb.forEachSpoiled(fields, of: whole, order) { spoiled in
            let block = try? L2ARCLogBlock(spoiled.rawBytes, entryCount: 3)
            _ = block?.entries.map(\.compression.description)
        }
        #expect(throws: FormatError.self) { try L2ARCLogBlock(whole.rawBytes, entryCount: 1023) }
        let device = try cache.device()
        let sector = try device.read(at: L2ARCHeader.offset, count: 512)
        verb.forEachSpoiled(Fuzz.words(232), of: sector, order) { spoiled in
            guard let header = try? L2ARCHeader(spoiled.rawBytes) else { return }
            let log = L2ARCLog(header, on: device)
            #expect(log.blocks.count <= 4)
            _ = log.record
        }
    }
}
