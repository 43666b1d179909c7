import Bytes
import Datasets
import Objects
import TestSupport
import Vdevs
import Verify

extension DamageCase {
    /// The map of metaslab 1, whose last sectors are free.
    static let spaceMaps = lengths + entries + headers

    private static let lengths = [
        DamageCase(
            "a space map of 2^60 bytes", [.spacemapLength], unchecked: ["metaslab 1 of vdev 0"]
        ) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.setHeader(of: metaslab.map, length: 1 << 60)
            return [Found(.spacemapLength, metaslab)]
        },
        DamageCase("a length that is no whole number of words", [.spacemapLength]) { pool in
            let metaslab = try pool.metaslab(1)
            let length = try pool.header(of: metaslab.map).length
            try pool.setHeader(of: metaslab.map, length: length + 4)
            return [Found(.spacemapLength, metaslab)]
        },
        DamageCase("a space map filled up with debug entries", []) { pool in
            let map = try pool.metaslab(1).map
            let left = (128 << 10) - Int(try pool.header(of: map).length)
            let txg = pool.editor.uberblock.txg.rawValue
            try pool.append(
                [UInt64](repeating: MapWord.debug(txg), count: left / 8), to: map)
            return []
        },
        DamageCase("the first of two words at a map's end", [.spacemapBadEntry]) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.append([3 << 62], to: metaslab.map)
            return [Found(.spacemapBadEntry, metaslab)]
        },
        DamageCase(
            "a space map whose block can't be read", [.spacemapUnreadable],
            unchecked: ["metaslab 1 of vdev 0"]
        ) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.spoil(.block(.meta, object: metaslab.map))
            return [Found(.spacemapUnreadable, metaslab)]
        },
        DamageCase(
            "a space map whose bonus is cut off", [.spacemapUnreadable],
            unchecked: ["metaslab 1 of vdev 0"]
        ) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.editor.editDnode(metaslab.map) { $0[10...11] = [8, 0] }
            return [Found(.spacemapUnreadable, metaslab)]
        },
    ]

    private static let entries = [
        DamageCase("entries of a group before their predecessors'", [.spacemapTxg]) { pool in
            let metaslab = try pool.metaslab(1)
            let sector = metaslab.lastSector
            try pool.append(
                [MapWord.debug(30), MapWord.alloc(sector, 1), MapWord.free(sector, 1)],
                to: metaslab.map)
            return [Found(.spacemapTxg, metaslab, txg: 30)]
        },
        DamageCase("entries of a group that is yet to come", [.spacemapTxg]) { pool in
            let metaslab = try pool.metaslab(1)
            let sector = metaslab.lastSector
            try pool.append(
                [MapWord.debug(1000), MapWord.alloc(sector, 1), MapWord.free(sector, 1)],
                to: metaslab.map)
            return [Found(.spacemapTxg, metaslab, txg: 1000)]
        },
        DamageCase("an entry of a vdev that does not exist", [.spacemapForeignVdev]) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.append(
                MapWord.wide(metaslab.lastSector, 1, vdev: 5), to: metaslab.map)
            return [
                Found(
                    .spacemapForeignVdev, metaslab, metaslab.last(1),
                    txg: pool.editor.uberblock.txg.rawValue)
            ]
        },
        DamageCase("a free of what is half free", [.spacemapDoubleFree]) { pool in
            let metaslab = try pool.metaslab(1)
            let sector = metaslab.lastSector
            try pool.append(
                [MapWord.alloc(sector, 1), MapWord.free(sector - 1, 2)], to: metaslab.map,
                allocated: -512)
            return [
                Found(
                    .spacemapDoubleFree, metaslab, metaslab.last(2),
                    txg: pool.editor.uberblock.txg.rawValue)
            ]
        },
        DamageCase("an allocation of what is half allocated", [.spacemapDoubleAllocation]) { pool in
            let metaslab = try pool.metaslab(1)
            let sector = metaslab.lastSector
            try pool.append(
                [
                    MapWord.alloc(sector, 1), MapWord.alloc(sector - 1, 2),
                    MapWord.free(sector - 1, 2),
                ],
                to: metaslab.map, allocated: 512)
            return [
                Found(
                    .spacemapDoubleAllocation, metaslab, metaslab.last(2),
                    txg: pool.editor.uberblock.txg.rawValue)
            ]
        },
        DamageCase("an allocation past the metaslab's end", [.spacemapOutOfBounds, .spacemapLeak]) {
            pool in
            let metaslab = try pool.metaslab(1)
            try pool.append(
                [MapWord.alloc(metaslab.lastSector, 2)], to: metaslab.map, allocated: 512)
            let start = metaslab.last(1).lowerBound
            return [
                Found(
                    .spacemapOutOfBounds, metaslab, start..<start + 1024,
                    txg: pool.editor.uberblock.txg.rawValue),
                Found(.spacemapLeak, metaslab, metaslab.last(1)),
            ]
        },
        DamageCase("an entry at an offset of 2^62 sectors", [.spacemapOutOfBounds]) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.append(MapWord.wide(1 << 62, 1, vdev: 0), to: metaslab.map)
            return [
                Found(
                    .spacemapOutOfBounds, metaslab,
                    txg: pool.editor.uberblock.txg.rawValue)
            ]
        },
        DamageCase("space that nobody owns", [.spacemapLeak]) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.append(
                [MapWord.alloc(metaslab.lastSector - 1, 2)], to: metaslab.map, allocated: 1024)
            return [Found(.spacemapLeak, metaslab, metaslab.last(2))]
        },
    ]

    private static let headers = [
        DamageCase("a total that is one sector off", [.spacemapAllocated]) { pool in
            let metaslab = try pool.metaslab(1)
            let allocated = try pool.header(of: metaslab.map).allocated
            try pool.setHeader(of: metaslab.map, allocated: allocated + 512)
            return [Found(.spacemapAllocated, metaslab)]
        },
        DamageCase("the lowest total there is", [.spacemapAllocated]) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.setHeader(of: metaslab.map, allocated: .min)
            return [Found(.spacemapAllocated, metaslab)]
        },
        DamageCase("a histogram of more than there is", [.spacemapHistogram]) { pool in
            let metaslab = try pool.metaslab(1)
            try pool.editor.editBonus(of: metaslab.map) { $0[64 + 31 * 8 + 5] = 0xff }
            return [Found(.spacemapHistogram, metaslab)]
        },
    ]
}
