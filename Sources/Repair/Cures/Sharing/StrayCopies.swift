import Bytes
import Datasets
import Objects
import Synchronization
import Vdevs
import Verify

/// Copies of deduplicated blocks that a pointer names and the block's entry does not: which of the two is wrong.
///
/// A copy that holds what the checksum says is one, and the entry gets to know it; any other is none, and the pointer gets
/// the addresses of the entry. Pointers of snapshots are not written.
struct StrayCopies: Sendable {
    /// A pointer that is to get other addresses.
    struct Correction: Sendable {
        let problem: Problem
        let place: BlockPlace
        let pointer: BlockPointer
    }

    /// Problems of copies that are such, and that entries are to get to know.
    private(set) var missing: [Problem] = []
    private(set) var corrections: [Correction] = []
    /// The addresses that entries are to have, by the place of their blocks' first copies.
    private(set) var addresses: [SharedBlocks.Key: [DVA]] = [:]

    init(_ findings: [Problem], _ context: CheckContext) {
        let own = findings.filter { $0.kind == .dedupAddresses }
        guard !own.isEmpty else { return }
        let pool = context.pool
        let known = Self.entries(pool, Set(own.compactMap(Self.key)))
        let pointers = StrayCopySearch.pointers(to: Set(known.keys), context)
        let sets = EditableSets(pool)
        for problem in own {
            guard let key = Self.key(problem), let entry = known[key], let copy = Self.copy(problem)
            else { continue }
            let strays = (pointers[key] ?? []).filter { stray in
                (1..<stray.pointer.copyLimit).contains { stray.pointer.dva($0) == copy }
            }
            guard let first = strays.first?.pointer else { continue }
            if first.leads(to: copy, pool.reader) {
                guard entry.isFlat else { continue }
                let good = (addresses[key] ?? entry.addresses).filter { address in
                    address == first.dva(0) || first.leads(to: address, pool.reader)
                }
                guard good.count < first.copyLimit else { continue }
                addresses[key] = good + [copy]
                missing.append(problem)
            } else {
                guard strays.allSatisfy({ sets.set($0.place.objectSet) != nil }) else { continue }
                corrections += strays.map { stray in
                    Correction(
                        problem: problem, place: stray.place,
                        pointer: stray.pointer.withAddresses(entry.addresses))
                }
            }
        }
    }

    private static func key(_ problem: Problem) -> SharedBlocks.Key? {
        guard let vdev = problem.location.vdev.flatMap({ UInt32(exactly: $0) }),
            let offset = problem.location.offset
        else { return nil }
        return SharedBlocks.Key(vdev: vdev, offset: offset)
    }

    private static func copy(_ problem: Problem) -> DVA? {
        guard let vdev = problem.evidence["copy_vdev"]?.unsigned.flatMap({ UInt32(exactly: $0) }),
            let offset = problem.evidence["copy_offset"]?.unsigned,
            let size = problem.evidence["copy_size"]?.unsigned
        else { return nil }
        return DVA(vdev: vdev, offset: offset, allocatedSize: size)
    }

    /// What an entry says of a block.
    private struct Entry {
        let addresses: [DVA]
        let isFlat: Bool
    }

    private static func entries(
        _ pool: Pool, _ wanted: Set<SharedBlocks.Key>
    ) -> [SharedBlocks.Key: Entry] {
        var found: [SharedBlocks.Key: Entry] = [:]
        func note(_ entry: DedupEntry, _ isFlat: Bool) {
            for variant in entry.variants where variant.isInUse {
                let own = variant.addresses(encrypted: entry.key.isEncrypted)
                guard let first = own.first, wanted.contains(SharedBlocks.Key(first)) else {
                    continue
                }
                found[SharedBlocks.Key(first)] = Entry(addresses: own, isFlat: isFlat)
            }
        }
        for table in pool.dedupTables(noting: PoolNotes()) {
            let logged = table.logged()
            for store in table.stores {
                try? table.forEachEntry(of: store) { entry in
                    if logged[entry.key] == nil { note(entry, table.isFlat) }
                }
            }
            for own in logged.values { note(own.entry, table.isFlat) }
        }
        return found
    }
}

extension BlockPointer {
    /// The pointer with these addresses and no others, as `ddt_bp_fill` (`module/zfs/ddt.c`) makes it.
    fileprivate func withAddresses(_ addresses: [DVA]) -> BlockPointer {
        var pointer = self
        for copy in 0..<copyLimit {
            let address = copy < addresses.count ? addresses[copy] : DVA(word0: 0, word1: 0)
            pointer.words[copy * 2] = address.word0
            pointer.words[copy * 2 + 1] = address.word1
        }
        return pointer
    }
}
