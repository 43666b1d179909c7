import Bytes
import Codecs
import Datasets
import Objects
import Vdevs

/// DT2: every dedup entry counts the references that there are and is the one that its pointers lead to, and every
/// deduplicated block has an entry that knows all of its copies.
///
/// A block is referenced by each pointer of its own birth: snapshots that share a pointer add nothing. Pointers that wait
/// to be freed count until they are. Fast dedup forgets blocks of one reference when it prunes; there a block without an
/// entry is legal.
struct DedupReferenceCheck: Check {
    static let kinds: [ProblemKind] = [
        .dedupCount, .dedupUnreferenced, .dedupMissing, .dedupAddresses, .dedupEntryMismatch,
    ]
    static let needsCensus = true

    func run(_ context: CheckContext) {
        let notes = PoolNotes()
        let tables = context.pool.dedupTables(noting: notes)
        guard !tables.isEmpty else { return }
        // The walk told that it could not count them.
        if context.census.shared?.isUncounted == true { return }
        guard let shared = context.census.shared, context.census.isWalkComplete else {
            context.leaveUnchecked(
                "the reference counts of deduplicated blocks",
                "the walk did not come to everything that can refer to them")
            return
        }
        var problems = ProblemList()
        let misfits = shared.misfits
        for table in tables { check(table, shared, misfits, &problems) }
        // A record or an entry that can't be read may stand for any block.
        guard notes.all.isEmpty else {
            context.leaveUnchecked(
                "the reference counts of deduplicated blocks",
                "a dedup table can't be read in full")
            return
        }
        context.report(problems)
        for stray in shared.unknownCopies { report(stray, context) }
        guard shared.hasAll else {
            context.leaveUnchecked(
                "the reference counts of deduplicated blocks with one reference",
                "there are too many for the memory that may be taken")
            return
        }
        // A table that prunes may not know a block.
        guard tables.allSatisfy({ !$0.isFlat }) else { return }
        for key in shared.unknownBlocks {
            var location = Location()
            location.vdev = UInt64(key.vdev)
            location.offset = key.offset
            context.report(Problem(.dedupMissing, at: location))
        }
    }

    private func report(_ stray: SharedBlocks.StrayCopy, _ context: CheckContext) {
        var location = Location()
        location.vdev = UInt64(stray.key.vdev)
        location.offset = stray.key.offset
        context.report(
            Problem(
                .dedupAddresses, at: location,
                evidence: Record([
                    "copy_vdev": .number(UInt64(stray.copy.vdev)),
                    "copy_offset": .offset(stray.copy.offset),
                    "copy_size": .bytes(stray.copy.allocatedSize),
                ])))
    }

    private func check(
        _ table: DedupTable, _ shared: SharedBlocks,
        _ misfits: [SharedBlocks.Key: BlockPointer], _ problems: inout ProblemList
    ) {
        let logged = table.logged()
        func check(_ entry: DedupEntry, _ object: UInt64) {
            for variant in entry.variants where variant.isInUse {
                guard let first = variant.addresses(encrypted: entry.key.isEncrypted).first,
                    let found = shared.references(SharedBlocks.Key(first))
                else { continue }
                let location = Self.location(entry, first, object)
                if found.count != variant.references {
                    problems.add(
                        Problem(
                            found.count == 0 ? .dedupUnreferenced : .dedupCount, at: location,
                            evidence: .comparison(
                                "ddp_refcnt", expected: found.count, found: variant.references)))
                }
                // Of several entries of one block only one can be as the pointers say.
                if let pointer = misfits[SharedBlocks.Key(first)],
                    let evidence = difference(
                        of: DedupEntry(key: entry.key, variants: [variant]), table.checksum,
                        from: pointer)
                {
                    problems.add(Problem(.dedupEntryMismatch, at: location, evidence: evidence))
                }
            }
        }
        for store in table.stores {
            try? table.forEachEntry(of: store) { entry in
                if logged[entry.key] == nil { check(entry, store.object) }
            }
        }
        for (_, own) in logged.sorted(by: { $0.key < $1.key }) { check(own.entry, own.log) }
    }

    private static func location(
        _ entry: DedupEntry, _ first: DVA, _ object: UInt64
    ) -> Location {
        var location = Location()
        location.objectSet = 0
        location.object = object
        location.key = entry.key.name
        location.vdev = UInt64(first.vdev)
        location.offset = first.offset
        location.size = first.allocatedSize
        return location
    }

    /// The first thing in which an entry of one form and a pointer to its block disagree; nil where there is none.
    private func difference(
        of entry: DedupEntry, _ checksum: ChecksumAlgorithm, from pointer: BlockPointer
    ) -> Record? {
        let own = DedupEntry(
            key: DedupKey(pointer),
            variants: [DedupVariant(pointer, references: 0, classStart: nil)])
        guard checksum == pointer.checksumAlgorithm else {
            return Record([
                "field": "checksum", "expected": .text("\(pointer.checksumAlgorithm)"),
                "found": .text("\(checksum)"),
            ])
        }
        for (expected, found) in zip(Self.fields(own), Self.fields(entry))
        where expected.value != found.value {
            return Record([
                "field": .text(expected.name), "expected": .word(expected.value),
                "found": .word(found.value),
            ])
        }
        return nil
    }

    /// What pointers and their entry have in common, by ZFS's names.
    private static func fields(_ entry: DedupEntry) -> [(name: String, value: UInt64)] {
        let (key, variant) = (entry.key, entry.variants[0])
        var fields = [
            ("ddk_cksum[0]", key.checksum.word0), ("ddk_cksum[1]", key.checksum.word1),
            ("ddk_cksum[2]", key.checksum.word2), ("ddk_cksum[3]", key.checksum.word3),
            ("ddk_prop", key.properties), ("ddp_phys_birth", variant.physicalBirth.rawValue),
            ("ddp_dva[0]", variant.dvas[0].word0), ("ddp_dva[0]", variant.dvas[0].word1),
        ]
        if key.isEncrypted {
            fields += [
                ("ddp_dva[2]", variant.dvas[2].word0), ("ddp_dva[2]", variant.dvas[2].word1),
            ]
        }
        return fields
    }
}
