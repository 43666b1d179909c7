import Blocks
import Bytes
import Devices
import Foundation
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Copies, parity, expansion, dRAID, removed vdevs.
    static let redundancy = mirrors + stripes + whole + stripeNumbers

    private static let mirrors = [
        DamageCase.deep("a side of a mirror that rotted", [.copyDamaged], in: "mirror") { pool in
            let block = try pool.block(66, 73, 1)
            return try pool.spoilCopies(of: block) { $1.leaf == 1 }
                .map { $0.found(.copyDamaged, "mir3@a", "/text") }
        },
        DamageCase.deep(
            "the side of a mirror that is read first", [.copyDamaged], in: "mirror"
        ) { pool in
            let block = try pool.block(66, 73, 2)
            return try pool.spoilCopies(of: block) { $1.leaf == 0 }
                .map { $0.found(.copyDamaged, "mir3@a", "/text") }
        },
        DamageCase.deep("the second copy of an indirect block", [.copyDamaged]) { pool in
            let block = try pool.block(54, 63, level: 1)
            return try pool.spoilCopies(of: block) { copy, _ in copy == 1 }
                .map { $0.found(.copyDamaged, "basic", "/odd") }
        },
        DamageCase.deep("the first copy of a block of the MOS", [.copyDamaged]) { pool in
            let block = try pool.block(0, 1)
            return try pool.spoilCopies(of: block) { copy, _ in copy == 0 }
                .map { $0.found(.copyDamaged, "mos") }
        },
        DamageCase.deep(
            "a block that was moved off a removed vdev and has another copy", [.copyDamaged],
            in: "removal"
        ) { pool in
            let block = try pool.movedBlock()
            return try pool.spoilCopies(of: block) { copy, _ in copy == 0 }
                .map { $0.found(.copyDamaged, "mos") }
        },
    ]

    private static func parity(_ number: Int) -> (Int, CopyRun) -> Bool {
        { $1.role == .parity(number) }
    }

    private static let stripes = [
        DamageCase.deep("the parity of a raidz1", [.parityMismatch], in: "raidz1") { pool in
            let block = try pool.block(164, 3, 1)
            return try pool.spoilCopies(of: block, where: parity(0))
                .map { $0.found(.parityMismatch, "rz1/large@a", "/t") }
        },
        DamageCase.deep("a data column of a raidz1", [.columnDamaged], in: "raidz1") { pool in
            let block = try pool.block(164, 2, 0)
            return try pool.spoilCopies(of: block) { $1.role == .dataColumn(2) }
                .map { $0.found(.columnDamaged, "rz1/large@a", "/f") }
        },
        DamageCase.deep("the second parity of a raidz2", [.parityMismatch], in: "gangraidz") {
            pool in
            let block = try pool.block(0, 1)
            return try pool.spoilCopies(of: block) { $0 == 0 && $1.role == .parity(1) }
                .map { $0.found(.parityMismatch, "mos") }
        },
        DamageCase.deep(
            "a device of a raidz2 that was away, and is not damaged", [.deviceBehind],
            in: "raidz2", consequences: [.deviceMissing, .labelStale]
        ) { pool in
            [
                Found(.deviceBehind) { location in
                    location.device = "\(pool.path)/d3"
                    location.vdev = 0
                }
            ]
        },
        DamageCase.deep("a piece of a gang block", [.columnDamaged], in: "gangraidz") { pool in
            let block = try pool.block(54, 22)
            let piece = try pool.piece(of: block)
            return try pool.spoilCopies(of: piece) { $1.role == .dataColumn(2) }
                .map { $0.found(.columnDamaged, "gangraidz", "/big") }
        },
        DamageCase.deep(
            "the third parity of a raidz3", [.parityMismatch], in: "raidz3",
            consequences: [.deviceMissing]
        ) { pool in
            let block = try pool.presentBlock(76, 2, .parity(2))
            return try pool.spoilCopies(of: block, where: parity(2))
                .map { $0.found(.parityMismatch, "rz3/k16", "/f") }
        },
        DamageCase.deep(
            "the parity of a block from before an expansion", [.parityMismatch], in: "expanded"
        ) { pool in
            let block = try pool.block(81, 22, 3)
            return Set(
                try pool.spoilCopies(of: block, where: parity(0))
                    .map { $0.found(.parityMismatch, "expanded@before", "/before") }
            ).sorted { "\($0)" < "\($1)" }
        },
        DamageCase.deep("the second parity of a dRAID", [.parityMismatch], in: "draid2") { pool in
            let block = try pool.block(133, 2, 5)
            return try pool.spoilCopies(of: block, where: parity(1))
                .map { $0.found(.parityMismatch, "dr2/k8", "/f") }
        },
        DamageCase.deep(
            "empty sectors of a dRAID that are not empty", [.paddingDamaged], in: "draid2"
        ) { pool in
            let block = try pool.block(133, 2, 7)
            return try pool.spoilCopies(of: block) { $1.role == .filler }
                .map { $0.found(.paddingDamaged, "dr2/k8", "/f") }
        },
    ]

    private static let whole = [
        DamageCase.deep(
            "a side of a mirror that was overwritten", [.deviceDamaged], in: "mirror"
        ) { pool in
            let leaf = pool.editor.reader.vdevs.leaves[2]
            let file = try pool.file(of: leaf)
            let start = UInt64(4 << 20)
            try pool.editor.write(
                [UInt8](repeating: 0x5a, count: 48 << 20), at: start, of: file)
            return [
                Found(.deviceDamaged) { location in
                    location.device = file
                    location.vdev = 0
                }
            ]
        }
    ]
}

extension EditedPool {
    /// The first block of an object of which a column of that kind is on a device that is there.
    func presentBlock(
        _ objectSet: UInt64, _ object: UInt64, _ role: CopyRun.Role
    ) throws -> EditedBlock {
        let vdevs = editor.reader.vdevs
        for index in UInt64(0)..<8 {
            let block = try block(objectSet, object, index)
            let stored = try editor.reader.readStored(block.pointer).bytes
            var isPresent = false
            try vdevs.forEachCopy(
                of: stored.rawBytes, at: block.address, birth: block.pointer.physicalBirth
            ) { run, _ in
                if run.role == role, !run.isBehind, vdevs.leaves[run.leaf].device != nil {
                    isPresent = true
                }
            }
            if isPresent { return block }
        }
        throw Failure(description: "no block has \(role) on a device that is there")
    }

    /// The first piece of a gang block, as if it were the block.
    func piece(of block: EditedBlock) throws -> EditedBlock {
        var pointer = block.pointer
        while pointer.isGang {
            pointer = try #require(try editor.reader.gangHeader(pointer).header.pointers.first)
        }
        return EditedBlock(
            objectSet: block.objectSet, object: block.object, level: block.level,
            index: block.index, pointer: pointer)
    }

    /// A block of the MOS with several copies, the first of which lies on a removed vdev.
    func movedBlock() throws -> EditedBlock {
        let removed = Set(editor.reader.vdevs.tops.filter { $0.kind == .indirect }.map(\.id))
        for number in UInt64(1)..<200 {
            guard let block = try? block(0, number), !block.pointer.isHole,
                !block.pointer.isEmbedded, block.pointer.hasCopy(1),
                removed.contains(block.address.vdev)
            else { continue }
            return block
        }
        throw Failure(description: "no block was moved")
    }
}
