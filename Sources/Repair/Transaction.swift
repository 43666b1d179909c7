import Blocks
package import Bytes
package import Datasets
import Objects
package import Vdevs
package import Verify

/// A transaction group of our own: edits of objects of the MOS, turned into the writes that make them the pool's newest
/// state.
///
/// Everything is written copy-on-write into free space, from the leaves up to the MOS; the new uberblock is of the group
/// after the newest on any device, and the tree that it leaves behind stays whole. To prepare is pure: it reads the pool
/// and writes nothing. Mirrors what `spa_sync` (`module/zfs/spa.c`) does for one group.
///
///     var transaction = try Transaction(pool, survey)
///     try transaction.meta.edit(object) { … }
///     let commit = try transaction.prepare(time: now)
///     try CommitSequence.run(commit, on: targets)
package struct Transaction {
    package let pool: Pool
    /// The group that it is going to be.
    package let txg: TransactionGroup
    /// The MOS, to be edited.
    package var meta: ObjectSetDraft
    /// Metaslabs whose space maps are written anew from the census, by their places in the survey.
    package var rebuiltMetaslabs: Set<Int> = []
    /// Datasets that are edited, by their objects.
    private var datasets: [UInt64: ObjectSetDraft] = [:]
    /// Blocks that nothing refers to any more and that no draft has: of intent logs.
    package var unneeded: [BlockPointer] = []
    /// Labels whose configuration is written anew although it is damaged, by device.
    package var restoredLabels: [GUID: Set<Int>] = [:]
    /// Devices whose labels are all written anew from the configuration in the MOS.
    package var remadeLabels: Set<GUID> = []
    /// What is to stand in the place of boot environments, by device and label.
    var bootEnvironments: [GUID: [Int: BootEnvironment.Part]] = [:]
    /// Bytes that are put back where they belong, in place of what no block proves.
    var restoredCopies: [DeviceWrite] = []
    /// The space of a newer state than the one that is continued. Until the commit is done it is the pool's, so nothing is
    /// written where it has anything.
    package var kept: SpaceSurvey?
    /// What becomes of the configuration, where the pool is to be a single disk from now on.
    var singleDisk: SingleDisk?
    /// The sum of the GUIDs of all vdevs, where the uberblock that is continued has a wrong one.
    package var guidSum: UInt64?
    /// How far the expansion of a RAID-Z has come, where the uberblock that is continued says what can't be.
    package var reflow: RaidzReflow?
    /// Space that the maps of the metaslabs that are written anew are not to have in use, although the survey has an owner.
    var released: [SpaceRange] = []
    /// What is taken out of the configuration of all labels.
    var reductions: [ConfigReduction] = []
    /// Slots of uberblock rings that are put right beside the commit's own.
    package var slotEdits: [SlotEdit] = []
    /// Groups whose uberblocks don't count, since they are taken out of the rings.
    private let dropped: Set<TransactionGroup>
    private let survey: SpaceSurvey
    /// A draft whose blocks find their places in more passes than this has a circle.
    private static let mostPasses = 64

    /// Throws `unsupported` for a pool that is in a state in which it can't be written to.
    ///
    /// It is of the group after the newest in the rings, those of `dropped` not counted.
    package init(
        _ pool: Pool, _ survey: SpaceSurvey, dropping dropped: Set<TransactionGroup> = []
    ) throws(RepairError) {
        self.pool = pool
        self.survey = survey
        self.dropped = dropped
        let newest = max(
            pool.uberblocks.map(\.txg).filter { !dropped.contains($0) }.max()
                ?? TransactionGroup(0), pool.uberblock.rootPointer.birth)
        guard newest.rawValue < .max / 2, !pool.isCheckpoint else {
            throw .unsupported(
                "only the pool's newest state can be written to, and txg \(newest) leaves no next")
        }
        txg = TransactionGroup(newest.rawValue + 1)
        meta = ObjectSetDraft(pool.meta.set)
        try checkState()
    }

    /// Edits the object set of a dataset, whose object in the MOS has that number: the current state of a file system or
    /// volume; of an encrypted one with its key, which the pool must have been given.
    package mutating func editDataset(
        _ number: UInt64, _ change: (inout ObjectSetDraft) throws(RepairError) -> Void
    ) throws(RepairError) {
        let deflation = Deflation(pool.vdevs, isOn: pool.directory.value(.deflate) != nil)
        var draft: ObjectSetDraft
        if let known = datasets[number] {
            draft = known
        } else {
            draft = try DatasetLedger(pool: pool, deflation: deflation).draft(of: number)
        }
        try change(&draft)
        datasets[number] = draft
    }

    /// Edits the MOS, which is 0, or a dataset.
    package mutating func edit(
        _ objectSet: UInt64, _ change: (inout ObjectSetDraft) throws(RepairError) -> Void
    ) throws(RepairError) {
        if objectSet == 0 {
            try change(&meta)
        } else {
            try editDataset(objectSet, change)
        }
    }

    /// Those without a label of the pool only where they are to get one.
    private var leaves: WritableLeaves { WritableLeaves(pool, labelling: remadeLabels) }

    private func checkState() throws(RepairError) {
        // What has no colon is the name of no feature (`zfeature_is_valid_guid`), but of a damaged entry.
        let unknown = pool.features.unknownForWriting + pool.features.unknownForReading
        if let feature = unknown.first(where: { $0.guid.contains(":") }) {
            throw .unsupported(
                "the feature \(feature.guid) is in use, and what it asks of a writer is not known")
        }
        let growing = pool.rootConfig.children.filter(\.isExpanding)
        if growing.count > 1 || pool.reflow.state == .valid && !growing.isEmpty {
            throw .unsupported(
                "an expansion of a RAID-Z is just moving its first rows; let ZFS go on with it before anything is repaired"
            )
        }
        guard pool.uberblock.txg < txg || dropped.contains(pool.uberblock.txg) else {
            throw .unsupported("only the pool's newest state can be written to")
        }
        // They are in no map, and the next import wants them.
        guard !survey.isMissingLogBlocks else {
            throw .unsupported(
                "an intent log that nobody has claimed has more blocks than fit into memory, so that they might be written over; a larger `--memory` may be enough"
            )
        }
    }
}

extension Transaction {
    /// Works out every byte that is to be written.
    ///
    /// `time` is the commit's, in seconds since 1970. Throws where there is no room, a block that must be read to be changed
    /// can't be, or the pool asks for something that this version can't write.
    package func prepare(time: UInt64) throws(RepairError) -> PreparedCommit {
        guard (reflow ?? pool.uberblock.reflow) == pool.reflow else {
            throw .unsupported(
                "txg \(pool.txg) says of the expansion of a RAID-Z what can't be; the cure `uberblock` sees to that first"
            )
        }
        let deflation = Deflation(pool.vdevs, isOn: pool.directory.value(.deflate) != nil)
        var ledger = SpaceLedger(
            pool, survey, txg: txg, rebuilt: rebuiltMetaslabs, released: released,
            deflation: deflation)
        var writer = TreeWriter(
            pool, txg: txg, deflation: deflation,
            space: try FreeSpace(
                pool, survey, txg: txg, besides: kept, rebuilt: rebuiltMetaslabs))
        let charge = DirectoryCharge(pool: pool)
        let metaDirectory = try charge.metaDirectory()
        var edited = meta
        try MissedGroupWriter(pool: pool, txg: txg).note(
            leaves.missed.subtracting(singleDisk?.removed ?? []), in: &edited)
        let books = DatasetLedger(pool: pool, deflation: deflation)
        var allocated: [SpaceRange] = []
        var freed: [BlockPointer] = []
        var balance = SpaceBalance()
        let owners = datasets.compactMapValues { OwnerLedger($0) }
        var dnodes: [UInt64: [UInt64: [UInt8]]] = [:]
        var accounts: [UInt64: OwnerSums] = [:]
        for _ in 0..<Self.mostPasses {
            var draft = edited
            writer.beginPass()
            var unneeded = unneeded
            var charged: [UInt64: OwnerSums] = [:]
            for (number, original) in datasets.sorted(by: { $0.key < $1.key }) {
                let (blocks, old) = (writer.written.count, writer.freed.count)
                let lost = writer.abandoned.count
                var dataset = original
                charged[number] = try owners[number]?.enter(
                    dnodes[number] ?? [:], into: &dataset)
                let root = try writer.write(dataset)
                unneeded += try books.enter(
                    number, root: root, written: writer.written[blocks...].map(\.pointer),
                    freed: [BlockPointer](writer.freed[old...]),
                    abandoned: [BlockPointer](writer.abandoned[lost...]), into: &draft)
            }
            try ledger.enter(allocated, freed: freed, into: &draft)
            if let metaDirectory { try charge.charge(balance, to: metaDirectory, in: &draft) }
            let (blocks, old) = (writer.written.count, writer.freed.count)
            let lost = writer.abandoned.count
            let root = try writer.write(draft)
            let taken = Self.ranges(of: writer.written)
            let change = SpaceBalance(
                written: writer.written[blocks...].map(\.pointer),
                freed: [BlockPointer](writer.freed[old...]) + writer.abandoned[lost...], deflation)
            unneeded += writer.freed[old...].filter { !$0.isEmbedded }
            if taken == allocated, unneeded == freed, change == balance, charged == accounts {
                return try finish(writer.written, root: root, time: time)
            }
            allocated = taken
            freed = unneeded
            balance = change
            accounts = charged
            dnodes = writer.dnodes
        }
        throw .unsupported("the space maps do not settle in \(Self.mostPasses) passes")
    }

    private static func ranges(of blocks: [TreeWriter.Block]) -> [SpaceRange] {
        blocks.flatMap { block in
            (0..<3).filter(block.pointer.hasCopy)
                .compactMap { SpaceRange(BlockAddress(block.pointer.dva($0))) }
        }
    }

    private func finish(
        _ blocks: [TreeWriter.Block], root: BlockPointer, time: UInt64
    ) throws(RepairError) -> PreparedCommit {
        let leaves = leaves
        let present = Set(leaves.leaves.map(\.guid))
        var missed: Set<GUID> = []
        var data: [DeviceWrite] = []
        for block in blocks {
            for copy in 0..<3 where block.pointer.hasCopy(copy) {
                let writes = try writes(of: block, copy)
                data += writes.filter { present.contains($0.device) }
                missed.formUnion(writes.lazy.map(\.device).filter { !present.contains($0) })
            }
        }
        let old = pool.uberblock
        let uberblock = try RepairError.format(of: nil) { () throws(FormatError) in
            try old.next(txg: txg, root: root, time: time, guidSum: guidSum, reflow: reflow)
        }
        var labels = LabelWriter(
            pool, uberblock, restored: restoredLabels, remade: remadeLabels,
            bootEnvironments: bootEnvironments, reductions: reductions, slotEdits: slotEdits,
            singleDisk: singleDisk)
        for leaf in leaves.leaves {
            try labels.add(leaf.guid, leaf.device, ashift: leaf.ashift)
        }
        // A device that was detached has no label yet by which an uberblock would be found.
        let ends =
            pool.candidate.detached == nil
            ? [labels.evenLabels, labels.uberblocks, labels.oddLabels]
            : [labels.uberblocks, labels.evenLabels, labels.oddLabels]
        return PreparedCommit(
            txg: txg, uberblock: uberblock, stages: [restoredCopies + data] + ends,
            missed: missed.subtracting(singleDisk?.removed ?? []), blockCount: blocks.count,
            storedBytes: blocks.reduce(0) { $0 + UInt64($1.stored.count) })
    }

    private func writes(
        of block: TreeWriter.Block, _ copy: Int
    ) throws(RepairError) -> [DeviceWrite] {
        do {
            return try pool.vdevs.writes(
                of: block.stored, at: block.pointer.dva(copy), birth: txg)
        } catch {
            throw .vdev(error)
        }
    }
}
