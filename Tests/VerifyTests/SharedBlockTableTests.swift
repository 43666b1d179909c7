import TestSupport
import Testing
import Vdevs

@testable import Verify

@Suite struct SharedBlockTableTests {
    private typealias Key = SharedBlocks.Key

    private func address(_ vdev: UInt32, _ offset: UInt64) -> DVA {
        DVA(vdev: vdev, offset: offset, allocatedSize: 4096)
    }

    @Test func `it knows what a dictionary knows that met the same`() {
        var generator = Seed.generator(for: [1])
        var table = SharedBlockTable(limit: 1 << 22)
        var known: [Key: [DVA]] = [:]
        for _ in 0..<20_000 {
            let vdev = UInt32.random(in: 0...2, using: &generator)
            let offset = UInt64.random(in: 0..<4000, using: &generator) << 12
            let key = Key(vdev: vdev, offset: offset)
            let count = Int.random(in: 0...3, using: &generator)
            let own = (0..<count).map { address(UInt32($0), offset + UInt64($0)) }
            let isTaken = table.insert(key, own)
            #expect(isTaken)
            known[key] = own
        }
        for vdev in UInt32(0)...2 {
            for offset in UInt64(0)..<4000 {
                let key = Key(vdev: vdev, offset: offset << 12)
                let found = table.slot(of: key).map { Array(table.addresses(inSlot: $0)) }
                #expect(found == known[key])
            }
        }
    }

    @Test("it never takes more than it may", arguments: [0, 4096, 1 << 20])
    func limit(bytes: Int) {
        var table = SharedBlockTable(limit: bytes)
        var count = 0
        while count < 1 << 20 {
            let key = Key(vdev: 0, offset: UInt64(count) << 9)
            guard table.insert(key, [address(0, key.offset)]) else { break }
            count += 1
        }
        // A slot with its counter takes 36 bytes, an address 16.
        #expect(count * 52 <= bytes)
        #expect(count >= bytes / 128)
        #expect(table.slot(of: Key(vdev: 0, offset: 0)) == nil || count > 0)
    }

    @Test func `blocks past the end of all devices are kept apart`() {
        var table = SharedBlockTable(limit: 1 << 16)
        let keys = [
            Key(vdev: 0, offset: .max), Key(vdev: 0xff_ffff, offset: .max),
            Key(vdev: 0xff_ffff, offset: 0), Key(vdev: 0, offset: 0),
        ]
        for key in keys {
            let isTaken = table.insert(key, [])
            #expect(isTaken)
        }
        #expect(Set(keys.compactMap { table.slot(of: $0) }).count == keys.count)
    }
}
