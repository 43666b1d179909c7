import Blocks
import Bytes
import Datasets
import Devices
import Foundation
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

/// A copy of a block that was damaged, where it lies.
struct SpoiledCopy {
    let block: EditedBlock
    let address: DVA
    let run: CopyRun
    /// The file of the device.
    let file: String

    /// The copy as a finding names it, for a block of a file or directory of that name.
    func found(_ kind: ProblemKind, _ dataset: String, _ path: String? = nil) -> Found {
        Found(kind) { location in
            location.device = file
            location.objectSet = block.objectSet
            location.object = block.object
            location.level = Int64(block.level)
            location.blockID = block.index
            location.vdev = UInt64(address.vdev)
            location.offset = address.offset
            location.size = address.allocatedSize
            location.txg = block.pointer.birth
            location.dataset = dataset
            location.path = path
        }
    }
}

extension EditedPool {
    /// Inverts the first bytes of each run of a block that `isChosen` picks by the number of its copy and what it is.
    @discardableResult
    func spoilCopies(
        of block: EditedBlock, where isChosen: (Int, CopyRun) -> Bool
    ) throws -> [SpoiledCopy] {
        let pointer = block.pointer
        let vdevs = editor.reader.vdevs
        let stored = try editor.reader.readStored(pointer).bytes
        var spoiled: [SpoiledCopy] = []
        for index in 0..<pointer.copyLimit where pointer.hasCopy(index) {
            let address = pointer.dva(index)
            var runs: [CopyRun] = []
            try vdevs.forEachCopy(of: stored.rawBytes, at: address, birth: pointer.physicalBirth) {
                run, _ in
                if vdevs.leaves[run.leaf].device != nil, isChosen(index, run) { runs.append(run) }
            }
            for run in runs {
                let file = try file(of: vdevs.leaves[run.leaf])
                try invert(16, at: run.offset, of: file)
                spoiled.append(SpoiledCopy(block: block, address: address, run: run, file: file))
            }
        }
        return spoiled
    }

    /// The file of a device that is there.
    func file(of leaf: Leaf) throws -> String { try #require(leaf.device).name }

    /// Inverts bytes of a device.
    func invert(_ count: Int, at offset: UInt64, of file: String) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
        defer { try? handle.close() }
        try handle.seek(toOffset: offset)
        let bytes = try #require(try handle.read(upToCount: count))
        try editor.write(bytes.map { ~$0 }, at: offset, of: file)
    }
}
