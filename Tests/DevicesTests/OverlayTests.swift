import Devices
import TestSupport
import Testing

@Suite struct OverlayTests {
    private let base = MemoryDevice((0..<1000).map { UInt8(truncatingIfNeeded: $0) })

    @Test func `shows patches and between them the device`() throws {
        let overlay = try Overlay(
            base, patches: [Patch(at: 900, [9, 9]), Patch(at: 10, [1, 2, 3]), Patch(at: 50, [])])
        #expect(try overlay.read(at: 8, count: 7) == [8, 9, 1, 2, 3, 13, 14])
        #expect(try overlay.read(at: 11, count: 1) == [2])
        #expect(try overlay.read(at: 901, count: 2) == [9, 134])
        #expect(overlay.byteCount == 1000)
    }

    @Test func `the later of two patches wins`() throws {
        let overlay = try Overlay(
            base,
            patches: [
                Patch(at: 100, [1, 1, 1, 1]), Patch(at: 102, [2, 2, 2, 2]), Patch(at: 99, [3, 3]),
            ])
        #expect(try overlay.read(at: 98, count: 9) == [98, 3, 3, 1, 2, 2, 2, 2, 106])
    }

    @Test func `random patches give what painting them in turn gives`() throws {
        var random = Seed.generator()
        for _ in 0..<50 {
            var expected = try base.read(at: 0, count: 1000)
            var patches: [Patch] = []
            for _ in 0..<Int.random(in: 0..<30, using: &random) {
                let start = Int.random(in: 0..<1000, using: &random)
                let end = Int.random(in: start...min(1000, start + 90), using: &random)
                let bytes = (start..<end).map { _ in random.next() as UInt8 }
                expected.replaceSubrange(start..<end, with: bytes)
                patches.append(Patch(at: UInt64(start), bytes))
            }
            let overlay = try Overlay(base, patches: patches)
            #expect(try overlay.read(at: 0, count: 1000) == expected)
            for _ in 0..<20 {
                let start = Int.random(in: 0..<1000, using: &random)
                let end = Int.random(in: start...1000, using: &random)
                let read = try overlay.read(at: UInt64(start), count: end - start)
                #expect(read == Array(expected[start..<end]))
            }
        }
    }

    @Test func `what patches cover is not read from the device`() throws {
        let broken = HostileDevice(base, .failing)
        let overlay = try Overlay(broken, patches: [Patch(at: 0, [UInt8](repeating: 4, count: 64))])
        #expect(try overlay.read(at: 8, count: 56).count == 56)
        #expect(throws: DeviceError.self) { try overlay.read(at: 8, count: 57) }
    }

    @Test("a patch past the end is refused", arguments: [(998, 3), (1001, 0), (UInt64.max, 1)])
    func pastEnd(offset: UInt64, count: Int) {
        #expect(throws: DeviceError.self) {
            try Overlay(base, patches: [Patch(at: offset, [UInt8](repeating: 0, count: count))])
        }
    }
}
