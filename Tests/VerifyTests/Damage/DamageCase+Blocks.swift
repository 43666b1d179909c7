import Blocks
import Bytes
import Codecs
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Block trees, dnodes and object sets.
    static let blockTrees = treePointers + treeContents + dnodes + removals

    private static let treePointers = [
        verify("a block that is younger than the one above it", [.birthAfterParent]) { pool in
            let block = try pool.block(54, 63, 1)
            let newest = pool.editor.uberblock.txg.rawValue
            try pool.editor.editPointer(to: block.place) { $0.words[10] = newest }
            return [block.found(.birthAfterParent, txg: newest)]
        },
        verify("a file's block that says it is a volume's", [.wrongPosition]) { pool in
            let block = try pool.block(54, 63, 1)
            try pool.setProperty(block, BitField(low: 48, count: 8), 23)
            return [block.found(.wrongPosition)]
        },
        verify("a fill count of a data block", [.fillMismatch]) { pool in
            let block = try pool.block(54, 3)
            try pool.editor.editPointer(to: block.place) { $0.words[11] = 5 }
            return [block.found(.fillMismatch)]
        },
        verify("a fill count of an indirect block in the middle", [.fillMismatch]) { pool in
            let block = try pool.block(109, 0, level: 1)
            try pool.editor.editPointer(to: block.place) { $0.words[11] += 1 }
            return [block.found(.fillMismatch)]
        },
        verify("a fill count of a block of dnodes", [.fillMismatch]) { pool in
            let block = try pool.block(54, 0)
            try pool.editor.editPointer(to: block.place) { $0.words[11] -= 1 }
            return [block.found(.fillMismatch)]
        },
        verify(
            "a checksum that is not the one in the snapshot's pointer to the block",
            [.pointerDiffers], in: "snaps"
        ) { pool in
            let block = try pool.sharedBlock(1, of: try pool.dataset("snaps/vol"))
            try pool.editor.editPointer(to: block.place) { $0.words[15] ^= 1 }
            return [block.found(.pointerDiffers)]
        },
        verify(
            "a wrong pointer that a snapshot shares with what came after it",
            [.pointerDiffers], in: "snaps"
        ) { pool in
            let block = try pool.block(83, 18)
            try pool.damageShared(block, with: 145)
            return [block.found(.pointerDiffers)]
        },
        verify("a data block that says it is deduplicated metadata", [.pointerInvalid]) { pool in
            let block = try pool.block(54, 34)
            try pool.setProperty(block, BitField(low: 62, count: 1), 1)
            return [block.found(.pointerInvalid)]
        },
    ]

    private static let treeContents = [
        verify(
            "a history whose LZ4 stream is longer than its block", [.decompressFailed],
            consequences: [.historyRecord]
        ) { pool in
            let open = try pool.open()
            let block = try pool.block(0, try #require(open.directory.object(.history)))
            var stream = [UInt8](repeating: 0, count: block.pointer.physicalSize)
            stream.replaceSubrange(0..<4, with: [0x7f, 0xff, 0xff, 0xff])
            try pool.storeRaw(stream, block)
            return [block.found(.decompressFailed)]
        },
        DamageCase(
            "a gang header whose members are too short", [.gangSize], in: "gang"
        ) { pool in
            let block = try pool.block(54, 9)
            let address = block.address
            let header = try pool.editor.reader.gangHeader(block.pointer).header
            var member = header.pointers[0]
            let size = BitField(low: 16, count: 16)
            member.words[6] = size.write(size.read(member.words[6]) - 1, into: member.words[6])
            var bytes = ([member] + header.pointers.dropFirst()).flatMap { $0.encoded(.little) }
            bytes += [UInt8](repeating: 0, count: header.byteCount - bytes.count)
            for copy in 0..<2 {
                let place = block.pointer.dva(copy)
                var sealed = bytes
                try EmbeddedChecksum.seal(
                    &sealed, .gangHeader,
                    verifier: EmbeddedChecksum.gangVerifier(
                        vdev: UInt64(address.vdev), offset: address.offset,
                        physicalBirth: block.pointer.physicalBirth), .little)
                try pool.editor.overwrite(vdev: place.vdev, at: place.offset, with: sealed)
            }
            return [block.found(.gangSize)]
        },
        verify("an object set with unknown flags", [.objectSetHeader]) { pool in
            let pointer = try pool.editor.pointer(to: .header(.dataset(54)))
            try pool.editor.edit(.header(.dataset(54))) { bytes in
                try ObjectSetHeader.Layout.flags.write(1 << 40, into: &bytes, .little)
            }
            return [
                Found(.objectSetHeader) { location in
                    location.objectSet = 54
                    location.object = 0
                    location.level = -1
                    location.blockID = 0
                    location.vdev = UInt64(pointer.dva(0).vdev)
                    location.offset = pointer.dva(0).offset
                    location.size = pointer.dva(0).allocatedSize
                    location.txg = pointer.birth
                }
            ]
        },
    ]

    /// One change to the dnode of an object, and the one thing that is found.
    private static func dnode(
        _ description: String, _ kind: ProblemKind, _ object: UInt64, in set: UInt64 = 54,
        _ change: @escaping @Sendable (inout [UInt8]) throws -> Void
    ) -> DamageCase {
        verify(description, [kind]) { pool in
            try pool.editor.editDnode(object, in: .dataset(set), change)
            return [
                Found(kind) { location in
                    location.objectSet = set
                    location.object = object
                }
            ]
        }
    }

    private static let dnodes = [
        dnode("a dnode with indirect blocks of 1 MiB", .dnodeShape, 3) { $0[1] = 20 },
        dnode("a bonus that is longer than its dnode", .dnodeBonusLength, 3) { bytes in
            try Dnode.Layout.bonusLength.write(1023, into: &bytes, .little)
        },
        dnode("a flag of a spill block that is not there", .dnodeSpill, 3) { $0[7] |= 4 },
        dnode("a last block that is not the last", .dnodeMaximumBlockID, 65) { bytes in
            try Dnode.Layout.maximumBlockID.write(4, into: &bytes, .little)
        },
        dnode("a last block for which there is no place", .dnodeMaximumBlockID, 3) { bytes in
            try Dnode.Layout.maximumBlockID.write(3, into: &bytes, .little)
        },
        dnode("a meta dnode that has used too much", .dnodeUsed, 0) { bytes in
            let used = try Dnode.Layout.used.read(bytes.rawBytes, .little)
            try Dnode.Layout.used.write(used + 512, into: &bytes, .little)
        },
        dnode("a dnode with a checksum that is not known", .dnodeProperty, 3) { $0[5] = 40 },
        dnode("a byte of a dnode that nothing uses", .dnodeReserved, 3) { $0[40] = 1 },
        dnode("a bonus type where there is no bonus", .dnodeBonusType, 1) { $0[4] = 12 },
        verify(
            "a space map whose bonus is a file's", [.dnodeBonusType], consequences: [.featureCount]
        ) { pool in
            let map = try pool.metaslab(1).map
            try pool.editor.editDnode(map) { $0[4] = 44 }
            return [
                Found(.dnodeBonusType) { location in
                    location.objectSet = 0
                    location.object = map
                }
            ]
        },
        verify(
            "a dnode of a type that is not known", [.dnodeType, .entryToWrongObject],
            unchecked: ["the owners of 1 files can't be read"]
        ) { pool in
            try pool.editor.editDnode(3, in: .dataset(54)) { $0[0] = 60 }
            return [
                Found(.dnodeType) { location in
                    location.objectSet = 54
                    location.object = 3
                },
                Found(.entryToWrongObject) { location in
                    location.dataset = "basic"
                    location.objectSet = 54
                    location.object = 3
                    location.path = "/tree/file00.txt"
                    location.key = "file00.txt"
                },
            ]
        },
        DamageCase(
            "a dnode of 31 levels", [.dnodeInvalid], unchecked: ["seems leaked"]
        ) { pool in
            try pool.editor.editDnode(3, in: .dataset(54)) { $0[2] = 31 }
            return [
                Found(.dnodeInvalid) { location in
                    location.objectSet = 54
                    location.object = 3
                }
            ]
        },
    ]
}

extension EditedPool {
    /// Stores bytes as they are in the place of a block, with their right checksum.
    func storeRaw(_ stored: [UInt8], _ block: EditedBlock) throws {
        var pointer = block.pointer
        let checksum = try pointer.checksumAlgorithm.compute(
            stored.rawBytes, pointer.order, salt: editor.reader.salt)
        for (index, word) in [
            checksum.word0, checksum.word1, checksum.word2, checksum.word3,
        ].enumerated() {
            pointer.words[12 + index] = word
        }
        for copy in 0..<pointer.copyLimit where pointer.hasCopy(copy) {
            try editor.overwrite(pointer.dva(copy), with: stored)
        }
        let new = pointer
        try editor.editPointer(to: block.place) { $0 = new }
    }
}
