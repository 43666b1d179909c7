import Bytes
import Datasets
import Objects
import Vdevs

/// Enters in a draft of the MOS what was written to a dataset and what it no longer refers to.
///
/// Mirrors `dsl_dataset_block_born` and `dsl_dataset_block_kill` (`module/zfs/dsl_dataset.c`): a block that the snapshot
/// before still has goes to the dataset's deadlist and not to the free ones.
struct DatasetLedger {
    let pool: Pool
    let deflation: Deflation

    /// The object set of a head, to be edited; throws `unsupported` for what can't be written to, such as an encrypted dataset
    /// whose key was not given.
    func draft(of number: UInt64) throws(RepairError) -> ObjectSetDraft {
        let dataset = try stored(number, in: ObjectSetDraft(pool.meta.set))
        guard dataset.nextSnapshot == 0, !dataset.rootPointer.isHole else {
            throw .unsupported("dataset \(number) is a snapshot, or was never written")
        }
        var key: DatasetKey?
        if let keyObject = try fields(of: dataset).cryptoKey {
            key = pool.keys[keyObject]
            guard key != nil else {
                throw .unsupported(LockedDatasets.sentence(name(of: number)))
            }
        }
        let source = pool.source(for: number, key: key)
        let set = try RepairError.object { () throws(ObjectError) in
            try ObjectSet(source: source, pointer: dataset.rootPointer)
        }
        return ObjectSetDraft(
            set, dataset: number, encryptor: key.map { DatasetEncryptor($0) })
    }

    private func name(of number: UInt64) -> String {
        (try? pool.datasets().dataset(object: number)?.name) ?? "\(pool.name)/objset:\(number)"
    }

    private func fields(of dataset: DSLDataset) throws(RepairError) -> DirectoryFields {
        try RepairError.pool { () throws(PoolError) in
            let directory = try pool.meta.object(dataset.directory)
            return directory.type.content == .zap
                ? DirectoryFields(pool.meta.values(of: dataset.directory, "directory"))
                : DirectoryFields()
        }
    }

    /// Enters in a clone's livelist what was written to it and what it no longer has of its own.
    ///
    /// Blocks that stand in their pointers are not listed, as they need not be freed.
    private func enterInLivelist(
        of dataset: DSLDataset, written: [BlockPointer], freed: [BlockPointer],
        in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        guard let livelist = try fields(of: dataset).livelist, livelist != 0,
            // A cure may have given it up in this very group.
            try meta.object(dataset.directory).word("com.delphix:livelist") == livelist
        else { return }
        let directory = try RepairError.pool { () throws(PoolError) in
            try pool.meta.bonus(of: dataset.directory, as: DSLDirectory.self)
        }
        let origin = try stored(directory.origin, in: meta).creationTxg
        let writer = DeadlistWriter(pool: pool, deflation: deflation)
        try writer.insert(written.filter { !$0.isEmbedded }, into: livelist, of: &meta)
        try writer.insert(
            freed.filter { !$0.isEmbedded && $0.birth > origin }, areFrees: true, into: livelist,
            of: &meta)
    }

    /// Enters the blocks and the new root; returns those of the freed blocks that nothing refers to any more. What is
    /// `abandoned` goes from the sums alone.
    func enter(
        _ number: UInt64, root: BlockPointer, written: [BlockPointer], freed: [BlockPointer],
        abandoned: [BlockPointer], into meta: inout ObjectSetDraft
    ) throws(RepairError) -> [BlockPointer] {
        var dataset = try stored(number, in: meta)
        let last = dataset.previousSnapshotTxg
        let own = freed.filter { $0.birth > last }
        let shared = freed.filter { $0.birth <= last }
        let total = SpaceBalance(written: written, freed: freed + abandoned, deflation)
        let unique = SpaceBalance(written: written, freed: own + abandoned, deflation)
        let reserved = try reservation(of: dataset)
        let before = max(dataset.uniqueBytes, reserved)
        dataset.rootPointer = root
        dataset.referencedBytes = dataset.referencedBytes.changed(by: total.used)
        dataset.compressedBytes = dataset.compressedBytes.changed(by: total.compressed)
        dataset.uncompressedBytes = dataset.uncompressedBytes.changed(by: total.uncompressed)
        dataset.uniqueBytes = dataset.uniqueBytes.changed(by: unique.used)
        let after = max(dataset.uniqueBytes, reserved)
        try store(dataset, as: number, in: &meta)
        let charge = DirectoryCharge(pool: pool)
        try charge.charge(
            unique, used: Int64(clamping: after) &- Int64(clamping: before),
            to: dataset.directory, in: &meta)
        try BookmarkLedger(pool: pool, deflation: deflation).enter(
            freed, ofHead: number, since: last, in: &meta)
        try enterInLivelist(of: dataset, written: written, freed: freed, in: &meta)
        guard !shared.isEmpty else { return own.filter { !$0.isEmbedded } }
        try DeadlistWriter(pool: pool, deflation: deflation).insert(
            shared, into: dataset.deadlist, of: &meta)
        try moveToSnapshot(shared, from: number, dataset, in: &meta)
        return own.filter { !$0.isEmbedded }
    }

    /// What the head no longer has and the snapshot before does is that one's alone, if the one before it lacks it.
    private func moveToSnapshot(
        _ shared: [BlockPointer], from number: UInt64, _ dataset: DSLDataset,
        in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        var previous = try stored(dataset.previousSnapshot, in: meta)
        if previous.nextSnapshot == number {
            let alone = shared.filter { $0.birth > previous.previousSnapshotTxg }
            let gain = SpaceBalance(written: alone, freed: [], deflation)
            previous.uniqueBytes = previous.uniqueBytes.changed(by: gain.used)
            try store(previous, as: dataset.previousSnapshot, in: &meta)
        }
        let directory = try RepairError.pool { () throws(PoolError) in
            try pool.meta.bonus(of: dataset.directory, as: DSLDirectory.self)
        }
        var origin = TransactionGroup(0)
        if directory.origin != 0 { origin = try stored(directory.origin, in: meta).creationTxg }
        let kept = SpaceBalance(
            written: shared.filter { $0.birth > origin }, freed: [], deflation)
        try DirectoryCharge(pool: pool).moveToSnapshots(
            kept.used, of: dataset.directory, in: &meta)
    }

    /// What the head has reserved for itself (`refreservation`).
    private func reservation(of dataset: DSLDataset) throws(RepairError) -> UInt64 {
        try RepairError.pool { () throws(PoolError) in
            let map = try pool.meta.bonus(of: dataset.directory, as: DSLDirectory.self).properties
            guard map != 0 else { return 0 }
            return pool.meta.values(of: map, "properties")["refreservation"]?.uint64 ?? 0
        }
    }

    private func stored(
        _ number: UInt64, in meta: ObjectSetDraft
    ) throws(RepairError) -> DSLDataset {
        let object = try meta.object(number)
        guard try object.decoded().bonusType == .dslDataset else {
            throw .changed("object \(number) of the MOS is no dataset")
        }
        let bonus = try object.bonus
        return try RepairError.format(of: number) { () throws(FormatError) in
            try DSLDataset(bonus.rawBytes, object.order)
        }
    }

    private func store(
        _ dataset: DSLDataset, as number: UInt64, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        try meta.edit(number) { object throws(RepairError) in
            let order = object.order
            try object.editBonus { bytes throws(FormatError) in
                try dataset.encode(into: &bytes, order)
            }
        }
    }
}
