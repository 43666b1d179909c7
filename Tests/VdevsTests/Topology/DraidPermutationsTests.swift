import Testing

@testable import Vdevs

@Suite struct DraidPermutationsTests {
    @Test(
        "the permutations have the checksum of the format's table",
        arguments: Array(2...33) + stride(from: 37, to: 255, by: 31) + [255])
    func checksum(children: Int) throws {
        let map = try #require(DraidPermutations(children: children, groups: 1)).map
        // The first word of a Fletcher-4 checksum is the sum of the 32-bit words.
        var sum: UInt64 = 0
        for index in stride(from: 0, to: map.count, by: 4) {
            let low = UInt64(map[index]) | UInt64(map[index + 1]) << 8
            sum += low | UInt64(map[index + 2]) << 16 | UInt64(map[index + 3]) << 24
        }
        #expect(sum == DraidPermutations.table[children - 2].checksum)
        #expect(map.count == (children < 32 ? 256 : 512) * children)
    }

    @Test("each slice uses each device once", arguments: [(5, 1), (5, 2), (7, 2), (4, 3), (51, 5)])
    func permutation(children: Int, groups: Int) throws {
        let permutations = try #require(DraidPermutations(children: children, groups: groups))
        let rows = UInt64((children < 32 ? 256 : 512) / groups)
        for row in [0, 1, rows * UInt64(children) - 1, rows * UInt64(children) * 7 + 3] {
            var used: Set<Int> = []
            for group in 0..<groups {
                // No two devices of one failure domain meet in one group.
                var domains: Set<Int> = []
                for column in 0..<children {
                    let slice = row * UInt64(groups) + UInt64(group)
                    let device = permutations.device(slice: slice, column: column)
                    used.insert(device)
                    domains.insert(device % children)
                }
                #expect(domains.count == children)
            }
            #expect(used == Set(0..<children * groups))
        }
    }

    @Test(arguments: [(1, 1), (256, 1), (0, 1), (128, 2), (5, 0), (5, -1), (2, 128)])
    func `numbers beyond the format give nothing`(children: Int, groups: Int) {
        #expect(DraidPermutations(children: children, groups: groups) == nil)
    }
}
