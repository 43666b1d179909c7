import Bytes
import Datasets
package import Vdevs

/// How often each block is referred to that can be: a walk over everything that owns space which asks nothing else.
///
/// Snapshots that share a pointer are one reference; pointers that wait to be freed count until they are.
package struct SharingSurvey: Sendable {
    /// A block with how many pointers lead to it.
    package struct Block: Sendable {
        /// The first that was met.
        package let pointer: BlockPointer
        package fileprivate(set) var count: UInt64
    }

    /// Deduplicated blocks.
    package let deduplicated: [Block]
    /// Blocks that are in use as clones, or were when a table was written, by place.
    package let cloned: [SharedBlocks.Key: Block]

    /// Nil where the walk could not come to everything.
    ///
    /// Clones have no mark of their own: a pointer that is younger than its block tells of one, and a second walk counts who
    /// else leads there.
    package init?(_ context: CheckContext, countingClones isCounting: Bool = false) {
        guard let first = Self.walk(context, nil) else { return nil }
        deduplicated = first.deduplicated.values.sorted {
            ($0.pointer.words[0], $0.pointer.words[1]) < ($1.pointer.words[0], $1.pointer.words[1])
        }
        guard isCounting else {
            cloned = [:]
            return
        }
        var wanted = first.young
        for table in context.pool.blockReferences(noting: PoolNotes()).vdevs {
            try? table.forEachReference {
                wanted.insert(SharedBlocks.Key(vdev: table.vdev, offset: $0.offset))
            }
        }
        guard let second = Self.walk(context, wanted) else { return nil }
        cloned = second.cloned
    }

    /// What a block of a dedup table is known by.
    fileprivate struct Identity: Hashable {
        let key: SharedBlocks.Key
        let birth: TransactionGroup
    }

    fileprivate struct Found {
        var deduplicated: [Identity: Block] = [:]
        /// Places of blocks that are older than a pointer to them.
        var young: Set<SharedBlocks.Key> = []
        var cloned: [SharedBlocks.Key: Block] = [:]

        mutating func add(_ other: Found) {
            deduplicated.merge(other.deduplicated) { Self.sum($0, $1) }
            young.formUnion(other.young)
            cloned.merge(other.cloned) { Self.sum($0, $1) }
        }

        private static func sum(_ one: Block, _ other: Block) -> Block {
            Block(pointer: one.pointer, count: one.count &+ other.count)
        }
    }

    /// More than a cure should hold in memory; a pool that has so many is told as not walked in full.
    private static let mostBlocks = 1 << 23

    private static func walk(
        _ context: CheckContext, _ wanted: Set<SharedBlocks.Key>?
    ) -> Found? {
        PointerWalk.run(context, from: Found()) {
            $0.add($1)
        } _: { pointer, _, found in
            guard found.deduplicated.count < mostBlocks, found.young.count < mostBlocks else {
                return false
            }
            let key = SharedBlocks.Key(pointer.dva(0))
            guard let wanted else {
                if pointer.isDeduplicated {
                    let identity = Identity(key: key, birth: pointer.physicalBirth)
                    found.deduplicated[identity, default: Block(pointer: pointer, count: 0)]
                        .count &+= 1
                } else if pointer.physicalBirth != pointer.logicalBirth {
                    found.young.insert(key)
                }
                return true
            }
            if wanted.contains(key) {
                found.cloned[key, default: Block(pointer: pointer, count: 0)].count &+= 1
            }
            return true
        }
    }
}
