package import Blocks
package import Bytes
package import Objects
import Synchronization
package import Vdevs

/// A pool that can be read: an uberblock, the MOS below it, and what was read of it so far.
///
/// Opening reads what everything needs, no more: an uberblock, the object directory, the configuration, the
/// features, the mappings of removed vdevs. All else is read by whoever asks for it. What is broken on the way
/// without barring it goes to `notes`. Mirrors `spa_t` as `spa_load` (`module/zfs/spa.c`) fills it.
package final class Pool: Sendable {
    package let name: String
    package let guid: GUID
    /// What the labels said.
    package let candidate: PoolCandidate
    /// The state that is read.
    package let uberblock: Uberblock
    /// How far the expansion of a RAID-Z has come, by which blocks are read: the uberblock's word, where that can be.
    package let reflow: RaidzReflow
    /// The valid uberblocks of all devices, newest first.
    package let uberblocks: [Uberblock]
    /// Whether the checkpointed state is read.
    package let isCheckpoint: Bool
    package let reader: BlockReader
    package let meta: MetaObjects
    package let directory: ObjectDirectory
    /// Nil where it can't be read; the labels' word then stands for it.
    package let config: PoolConfig?
    /// Where `config` comes from, when the one that belongs to this state is lost.
    package let foundConfig: FoundConfig?
    package let features: Features
    /// Tells whether the pool has moved on since it was opened.
    package let live: LivePool
    /// What was met on the way since the pool was opened.
    package let notes: PoolNotes
    /// The keys of encrypted datasets that were given since.
    package let keys = DatasetKeys()

    private let cachedTree = Mutex<DatasetTree?>(nil)

    init(_ opened: PoolOpening.Result, _ candidate: PoolCandidate, notes: PoolNotes) {
        self.candidate = candidate
        self.notes = notes
        uberblock = opened.uberblock
        reflow = opened.reflow
        uberblocks = opened.uberblocks
        isCheckpoint = opened.isCheckpoint
        live = opened.live
        reader = opened.reader
        meta = opened.meta
        directory = opened.directory
        config = opened.config
        foundConfig = opened.foundConfig
        features = opened.features
        name = opened.config?.identity.name ?? candidate.name
        guid = opened.config?.identity.poolGUID ?? candidate.guid
    }

    /// Opens the pool at the state that `options` asks for.
    ///
    /// Throws where no uberblock leads to an object directory, or the version is none that exists.
    package static func open(
        _ candidate: PoolCandidate, _ options: PoolOptions = PoolOptions()
    ) throws(PoolError) -> Pool {
        let candidate = candidate.settled()
        var attempt = 1
        while true {
            let notes = PoolNotes()
            let opening = PoolOpening(candidate: candidate, options: options, notes: notes)
            do throws(PoolError) {
                let result = try opening.run()
                // An older state is no answer where the newest was overwritten while it was opened.
                let isNewest = result.uberblock == result.uberblocks.first
                if isNewest || options.state != .newest || attempt == openAttempts
                    || result.live.movedOn() == nil
                {
                    return try Pool(result, candidate, notes: notes).recognising(options)
                }
            } catch {
                guard attempt < openAttempts, notes.hasMovedOn else { throw error }
            }
            attempt += 1
        }
    }

    /// The pool opened again with what it misses, where devices without a label of it can be told by their contents.
    private func recognising(_ options: PoolOptions) throws(PoolError) -> Pool {
        let found = DeviceRecognition(self).devices()
        return found.isEmpty ? self : try Self.open(candidate.adopting(found, rootConfig), options)
    }

    /// Opens the pool at one uberblock, as it stands: what was overwritten since is not looked for elsewhere.
    package static func open(
        _ candidate: PoolCandidate, at uberblock: Uberblock
    ) throws(PoolError) -> Pool {
        let candidate = candidate.settled()
        let notes = PoolNotes()
        var options = PoolOptions(.txg(uberblock.txg))
        options.followsChanges = false
        let opening = PoolOpening(candidate: candidate, options: options, notes: notes)
        return Pool(try opening.run(at: uberblock), candidate, notes: notes)
    }

    /// How often opening begins again because the pool moved on meanwhile.
    private static let openAttempts = 5

    package var vdevs: VdevTree { reader.vdevs }
    /// The pool's version: 1 to 28, or 5000 for one with features.
    package var version: UInt64 { uberblock.version }
    package var txg: TransactionGroup { uberblock.txg }
    /// The vdev tree by the MOS, or by the labels where the MOS does not tell.
    package var rootConfig: VdevConfig { config?.root ?? candidate.root }

    /// All datasets by name; read once.
    package func datasets() throws(PoolError) -> DatasetTree {
        if let tree = cachedTree.withLock({ $0 }) { return tree }
        guard let root = directory.object(.rootDataset) else {
            throw .absent("the object directory has no root dataset")
        }
        var reader = DatasetTreeReader(meta)
        let tree = try reader.read(root: root, name: name)
        cachedTree.withLock { $0 = tree }
        return tree
    }

    /// The object set of a dataset, decrypted where its key was given. Encrypted ones open without a key too, as far as their
    /// dnodes go.
    package func objectSet(of dataset: Dataset) throws(PoolError) -> ObjectSet {
        let source = source(for: dataset.object, key: key(of: dataset))
        do {
            return try ObjectSet(source: source, pointer: dataset.rootPointer)
        } catch {
            throw .object(error)
        }
    }

    /// The blocks of a dataset, whose object in the MOS has that number, decrypted with its key.
    package func source(for dataset: UInt64, key: DatasetKey?) -> any BlockSource {
        let reader = key.map { self.reader.unlocked(by: $0) } ?? reader
        return live.source(reader, dataset: dataset, key: key)
    }

    private func key(of dataset: Dataset) -> DatasetKey? {
        guard !keys.isEmpty, let tree = try? datasets() else { return nil }
        return tree.node(of: dataset)?.fields.cryptoKey.flatMap { keys[$0] }
    }
}
