import Bytes
import Datasets
import Objects
import Vdevs

/// Looks behind the last metaslab in the objects that have a word for each: the array of space maps and that of the groups
/// since which changes are unflushed.
///
/// Nothing was ever written there: a vdev's metaslabs only grow in number, and its configuration is written before their maps
/// are (`vdev_metaslab_init`, `module/zfs/vdev.c`; `metaslab_sync`, `module/zfs/metaslab.c`). When the vdev grows, what stands
/// there is taken for the new metaslabs' own.
struct MetaslabArrayEnd {
    private let pool: Pool
    private let space: VdevSpace
    /// Words of one object that anybody reads of.
    private static let mostWords = 64
    /// Blocks of one object that are looked at; real ones have one or a few.
    private static let mostBlocks = 4096

    init(_ pool: Pool, _ space: VdevSpace) {
        self.pool = pool
        self.space = space
    }

    var problems: [Problem] {
        [space.config.metaslabArray ?? 0, space.unflushedObject].filter { $0 != 0 }
            .flatMap { problems(in: $0) }
    }

    private func problems(in array: UInt64) -> [Problem] {
        // What can't be read was reported where it was needed.
        guard let object = try? pool.meta.object(array), object.blockSize >= 8 else { return [] }
        let perBlock = UInt64(object.blockSize / 8)
        let count = UInt64(space.metaslabs.count)
        var blocks: [UInt64] = []
        object.forEachBlockPointer { step in
            guard case .pointer(_, level: 0, let index) = step, index >= count / perBlock,
                index <= .max / perBlock - 1, blocks.count < Self.mostBlocks
            else { return }
            blocks.append(index)
        }
        var problems: [Problem] = []
        for index in blocks {
            guard let block = (try? object.orderedBlock(index)) ?? nil else { continue }
            for slot in 0..<perBlock {
                // Sound: the index was held against the highest one.
                let metaslab = index * perBlock + slot
                guard metaslab >= count,
                    let word = try? block.bytes.rawBytes.integer(
                        at: Int(slot) * 8, block.order, as: UInt64.self), word != 0
                else { continue }
                problems.append(problem(array, metaslab, word))
                guard problems.count < Self.mostWords else { return problems }
            }
        }
        return problems
    }

    private func problem(_ array: UInt64, _ metaslab: UInt64, _ word: UInt64) -> Problem {
        var location = Location()
        location.vdev = UInt64(space.id)
        location.metaslab = metaslab
        location.object = array
        return Problem(
            .metaslabPastLast, at: location,
            evidence: Record([
                "metaslabs": .number(UInt64(space.metaslabs.count)), "found": .number(word),
            ]))
    }
}
