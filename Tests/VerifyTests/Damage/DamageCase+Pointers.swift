import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// A block pointer of a file, with one copy and nothing below it.
    static let pointers = addresses + properties + contents

    /// A file of two blocks of 128 KiB in the pool `basic`, and one of a single small block.
    private static func large(_ pool: EditedPool) throws -> EditedBlock {
        try pool.block(54, 63, 1)
    }
    private static func small(_ pool: EditedPool) throws -> EditedBlock { try pool.block(54, 3) }

    private static let addresses = [
        DamageCase("a block past the end of its vdev", [.pointerOutOfBounds, .spacemapLeak]) {
            pool in
            let block = try large(pool)
            let new = try pool.move(block, to: try pool.metaslab(2).bytes.upperBound - 512)
            return [block.found(.pointerOutOfBounds, new), try pool.leak(block)]
        },
        DamageCase("a block at the highest offset", [.pointerOutOfBounds, .spacemapLeak]) { pool in
            let block = try large(pool)
            let new = try pool.move(block, to: UInt64.max - 511)
            return [block.found(.pointerOutOfBounds, new), try pool.leak(block)]
        },
        DamageCase("a block on a vdev that does not exist", [.pointerNoVdev, .spacemapLeak]) {
            pool in
            let block = try large(pool)
            let new = try pool.move(block, vdev: 9)
            return [block.found(.pointerNoVdev, new), try pool.leak(block)]
        },
        DamageCase("a block on the vdev with the highest number", [.pointerNoVdev, .spacemapLeak]) {
            pool in
            let block = try large(pool)
            let new = try pool.move(block, vdev: 0xff_ffff)
            return [block.found(.pointerNoVdev, new), try pool.leak(block)]
        },
        DamageCase("a block that takes too little", [.pointerAllocatedSize, .spacemapLeak]) {
            pool in
            let block = try large(pool)
            let new = try pool.move(block, size: block.address.allocatedSize - 512)
            let end = block.bytes.upperBound
            return [
                block.found(.pointerAllocatedSize, new),
                Found(
                    .spacemapLeak, try pool.metaslab(of: block.address.offset), end - 512..<end),
            ]
        },
        DamageCase(
            "a block across two metaslabs",
            [
                .pointerCrossesMetaslab, .spacemapUnprotected, .spacemapLeak,
            ]
        ) { pool in
            let block = try small(pool)
            let (first, second) = (try pool.metaslab(0), try pool.metaslab(1))
            let border = second.bytes.lowerBound
            let new = try pool.move(block, to: border - 512)
            return [
                block.found(.pointerCrossesMetaslab, new),
                Found(.spacemapUnprotected, first, border - 512..<border),
                Found(
                    .spacemapUnprotected, second,
                    border..<border + block.address.allocatedSize - 512),
                try pool.leak(block),
            ]
        },
        DamageCase("a block in free space", [.spacemapUnprotected, .spacemapLeak]) { pool in
            let block = try small(pool)
            let metaslab = try pool.metaslab(2)
            let place = metaslab.last(block.address.allocatedSize / 512)
            _ = try pool.move(block, to: place.lowerBound)
            return [Found(.spacemapUnprotected, metaslab, place), try pool.leak(block)]
        },
        DamageCase("a block in another one's place", [.blockClaimedTwice, .spacemapLeak]) { pool in
            let block = try large(pool)
            let other = try pool.block(54, 63, 0)
            _ = try pool.move(block, to: other.address.offset)
            return [
                Found(
                    .blockClaimedTwice, try pool.metaslab(of: other.address.offset), other.bytes),
                try pool.leak(block),
            ]
        },
        DamageCase(
            "a block off its vdev's sectors", [.pointerMisaligned, .spacemapLeak], in: "new-disk"
        ) { pool in
            let block = try pool.anyFileBlock()
            let new = try pool.move(block, to: block.address.offset + 512)
            return [block.found(.pointerMisaligned, new), try pool.leak(block)]
        },
    ]

    private static let properties =
        [
            ("type 100", BitField(low: 48, count: 8), UInt64(100)),
            ("compression 100", BitField(low: 32, count: 7), 100),
            ("checksum 40", BitField(low: 40, count: 8), 40),
            ("level 3", BitField(low: 56, count: 5), 3),
        ].map { name, field, value in
            DamageCase("a file's block of \(name)", [.pointerInvalid]) { pool in
                let block = try large(pool)
                try pool.setProperty(block, field, value)
                return [block.found(.pointerInvalid)]
            }
        } + [
            DamageCase("padding that is not zero", [.pointerInvalid]) { pool in
                let block = try large(pool)
                try pool.editor.editPointer(to: block.place) { $0.words[8] = 1 }
                return [block.found(.pointerInvalid)]
            },
            DamageCase("a block from the future", [.pointerFuture]) { pool in
                let block = try large(pool)
                try pool.editor.editPointer(to: block.place) { $0.words[10] = 1 << 40 }
                return [block.found(.pointerFuture, txg: 1 << 40)]
            },
        ]

    private static let contents = [
        DamageCase(
            "an indirect block that can't be read", [.blockUnreadable],
            unchecked: ["space of 262144 bytes that seems leaked"]
        ) { pool in
            let block = try pool.block(54, 63, level: 1)
            try pool.spoil(block.place)
            return [block.found(.blockUnreadable)]
        },
        DamageCase(
            "an indirect block that says another level", [.blockUnreadable],
            unchecked: ["space of 262144 bytes that seems leaked"]
        ) { pool in
            let block = try pool.block(54, 63, level: 1)
            try pool.setProperty(block, BitField(low: 56, count: 5), 2)
            return [block.found(.blockUnreadable)]
        },
        DamageCase("file contents that were overwritten", [.blockChecksum], depth: .all) { pool in
            let block = try large(pool)
            try pool.editor.overwrite(block.address, with: [UInt8](repeating: 0xee, count: 512))
            return [block.found(.blockChecksum)]
        },
    ]
}

extension EditedPool {
    /// The first block of a file with one copy on vdev 0, in a pool whose objects are not known by number.
    func anyFileBlock() throws -> EditedBlock {
        for dataset in try open().datasets().datasets where !dataset.isSnapshot {
            for number in UInt64(1)..<1000 {
                guard let object = try? editor.object(number, in: .dataset(dataset.object)),
                    object.type == .plainFile
                else { continue }
                let block = try self.block(dataset.object, number)
                if !block.pointer.isEmbedded, !block.pointer.hasCopy(1), block.address.vdev == 0,
                    block.pointer.hasCopy(0)
                {
                    return block
                }
            }
        }
        throw Failure(description: "no such file")
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
