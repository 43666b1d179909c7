import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

@Suite struct ZAPTests {
    private let names = (0..<60).map { "name-\($0)" } + [String(repeating: "l", count: 1023)]

    private func entries() -> [HandMadeZAP.Entry] {
        names.enumerated().map { HandMadeZAP.Entry($0.element, UInt64($0.offset)) }
    }

    @Test func `the hash's polynomial is that of ECMA-182, reflected`() {
        // The check value of CRC-64/XZ for "123456789", which inverts before and after.
        let hash = ZAPHash(salt: .max, flags: .hash64, normalization: 0)
        let crc = hash.hash(name: [UInt8]("123456789".utf8)) ?? 0
        let mask: UInt64 = 0xffff_ffff_ffff_0000
        let published: UInt64 = 0x995d_c9bb_df19_39fa
        #expect(~crc & mask == published & mask)
    }

    @Test func `a word key hashes like its bytes, low byte first, or is its own hash`() {
        let plain = ZAPHash(salt: 7, flags: .hash64, normalization: 0)
        let words = ZAPHash(salt: 7, flags: [.hash64, .wordKeys], normalization: 0)
        let text: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        #expect(words.hash(words: [0x0807_0605_0403_0201]) == plain.hash(name: text))
        let ready = ZAPHash(salt: 7, flags: [.wordKeys, .preHashedKeys], normalization: 0)
        #expect(ready.hash(words: [0xfedc_ba98_7654_3210, 5]) == 0xfedc_ba90_0000_0000)
    }

    @Test func `names are folded where the ZAP says so, and not guessed beyond ASCII`() {
        let plain = ZAPHash(salt: 7, flags: [], normalization: 0)
        let upper = ZAPHash(salt: 7, flags: [], normalization: 2)
        #expect(upper.hash(name: [UInt8]("aZ-9".utf8)) == plain.hash(name: [UInt8]("AZ-9".utf8)))
        #expect(upper.hash(name: [UInt8]("ä".utf8)) == nil)
        #expect(plain.hash(name: [UInt8]("ä".utf8)) != nil)
    }

    @Test(
        "reads a micro ZAP in either order and of any size",
        arguments: [512, 1024, 131072, 1 << 20])
    func micro(size: Int) throws {
        for order in ByteOrder.allCases {
            let made = HandMadeZAP(order)
            let given = (0..<size / 64 - 1).map { ("entry-\($0)", UInt64($0) << 32 | 5) }
            let zap = try made.zap([made.micro(given, size: size)])
            let (entries, problems) = zap.contents()
            #expect(problems.isEmpty)
            #expect(entries.map(\.name) == given.map(\.0))
            #expect(entries.compactMap(\.uint64) == given.map(\.1))
            #expect(try zap.lookup("entry-6")?.uint64 == 6 << 32 | 5)
            #expect(try zap.lookup("entry") == nil)
        }
    }

    @Test("reads a fat ZAP in either order", arguments: [false, true], [0, 1, 3])
    func fat(externalTable: Bool, bits: Int) throws {
        for order in ByteOrder.allCases {
            var made = HandMadeZAP(order)
            made.blockSize = 16384
            let zap = try made.zap(
                made.fat(entries(), bits: bits, externalTable: externalTable))
            let (found, problems) = zap.contents()
            #expect(problems.isEmpty)
            #expect(Set(found.map(\.name)) == Set(names))
            for (index, name) in names.enumerated() {
                #expect(try zap.lookup(name)?.uint64 == UInt64(index))
            }
            #expect(try zap.lookup("absent") == nil)
            #expect(zap.statistics()?.leaves.count == 1 << bits)
        }
    }

    @Test("reads values of every integer size and length", arguments: ByteOrder.allCases)
    func values(order: ByteOrder) throws {
        let made = HandMadeZAP(order)
        let given = [1, 2, 4, 8].flatMap { size in
            [0, 1, 2, 3, 10].map { count in
                HandMadeZAP.Entry(
                    .name([UInt8]("\(size)x\(count)".utf8)), integerSize: size,
                    (0..<size * count).map { UInt8($0 + 1) })
            }
        }
        let zap = try made.zap(made.fat(given, bits: 2))
        #expect(zap.contents().problems.isEmpty)
        for entry in given {
            let found = try #require(try zap.lookup(entry.key))
            #expect(found.integerSize == entry.integerSize)
            #expect(found.bytes == entry.value)
            #expect(found.words.count == entry.value.count / entry.integerSize)
        }
        #expect(try zap.lookup("2x2")?.words == [0x0102, 0x0304])
        #expect(try zap.lookup("4x1")?.uint64 == 0x0102_0304)
        #expect(try zap.lookup("8x0")?.uint64 == nil)
    }

    @Test("reads keys of words", arguments: [UInt64(3), 7])
    func words(flags: UInt64) throws {
        for order in ByteOrder.allCases {
            var made = HandMadeZAP(order)
            made.flags = flags
            let given = (1..<30).map { number in
                HandMadeZAP.Entry(
                    .words([UInt64(number) &* 0x9e37_79b9_7f4a_7c15, UInt64(number), 3]),
                    integerSize: 1, [UInt8(number)])
            }
            let zap = try made.zap(made.fat(given, bits: 2))
            #expect(zap.contents().problems.isEmpty)
            for entry in given {
                guard case .words(let words) = entry.key else { continue }
                #expect(try zap.lookup(words: words)?.bytes == entry.value)
            }
            #expect(try zap.lookup(words: [1]) == nil)
            #expect(try zap.lookup("name") == nil)
        }
    }

    @Test func `a mixed pool's leaf may be of another order than its header`() throws {
        let little = HandMadeZAP(.little)
        let big = HandMadeZAP(.big)
        var blocks = little.fat(entries().dropLast(), bits: 1)
        blocks[2] = big.fat(entries().dropLast(), bits: 1)[2]
        let object = try little.made.object(blocks.map { Optional($0) }, type: .directory)
        let pointer = try object.tree.pointer(level: 0, index: 2)
        little.made.blocks.replace(pointer, with: blocks[2])
        // The same bytes under a pointer that says the other order.
        let swapped = HandMade(.little, blocks: little.made.blocks)
        var pointers: [Int: BlockPointer] = [:]
        for index in 0..<3 {
            pointers[index] =
                index == 2
                ? swapped.blocks.add(blocks[2], .big, type: .directory)
                : try object.tree.pointer(level: 0, index: UInt64(index))
        }
        var shape = HandMade.DnodeShape()
        shape.type = .directory
        shape.levels = 2
        shape.blockSize = 4096
        shape.maximumBlockID = 2
        shape.pointers = [swapped.indirect(pointers, level: 1)]
        let bytes = swapped.dnode(shape)
        let zap = try ZAP(
            DMUObject(
                number: 1, dnode: try Dnode(bytes.rawBytes, .little), source: swapped.blocks))
        let (found, problems) = zap.contents()
        #expect(problems.isEmpty)
        #expect(found.count == 60)
    }

    @Test func `a leaf that shrinking left as a hole is no problem`() throws {
        let made = HandMadeZAP()
        var blocks: [[UInt8]?] = made.fat(Array(entries().prefix(20)), bits: 1)
        blocks.append(nil)
        made.made.put(UInt64(4), at: 56, into: &blocks[0]!)
        let zap = try ZAP(try made.made.object(blocks, type: .directory))
        #expect(zap.contents().problems.isEmpty)
    }

    @Test func `statistics are those of zdb`() throws {
        let pool = try OpenedPool(device: try TestPool.named("bigdir").devicePaths()[0])
        let set = try #require(
            try pool.datasets.keys.sorted().map { try pool.objectSet($0) }.last {
                (try? $0.object(12105).type) == .directory
            })
        let small = try #require(try ZAP(try set.object(12105)).statistics())
        #expect(small.leavesByPointers == [0, 0, 0, 0, 0, 10, 5, 3, 0, 0])
        #expect(small.leavesByEntries == [18, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(small.leavesByFullness == [0, 18, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(small.entriesByChunks == [0, 0, 0, 0, 7, 0, 0, 0, 0, 0])
        #expect(small.bucketsByEntries == [9209, 7, 0, 0, 0, 0, 0, 0, 0, 0])
    }
}
