import Blocks
import Bytes
import Codecs
import Devices
import Objects
import Vdevs

/// The way from labels to a readable MOS.
///
/// Mirrors the part of `spa_load_impl` (`module/zfs/spa.c`) that reading needs; what fails there and is not
/// needed becomes a note here.
struct PoolOpening {
    let candidate: PoolCandidate
    let options: PoolOptions
    let notes: PoolNotes

    /// How many uberblocks are tried when the newest leads nowhere.
    static let attempts = 32

    /// What opening yields.
    struct Result {
        var uberblock: Uberblock
        /// How far the expansion of a RAID-Z has come, by which blocks are read.
        var reflow: RaidzReflow
        var uberblocks: [Uberblock]
        var live: LivePool
        var isCheckpoint: Bool
        var reader: BlockReader
        var meta: MetaObjects
        var directory: ObjectDirectory
        var config: PoolConfig?
        var foundConfig: FoundConfig?
        var features: Features
    }

    func run() throws(PoolError) -> Result {
        let uberblocks = readUberblocks()
        let live = LivePool(
            candidate, options, opened: uberblocks.first?.txg ?? TransactionGroup(0), notes: notes)
        notes.watch = live
        var result = try choose(from: uberblocks, live)
        if options.state == .checkpoint {
            result = try attempt(
                try checkpointed(result), all: uberblocks, isCheckpoint: true, live)
        }
        noteState(result)
        return result
    }

    /// Opens the state of one uberblock and no other.
    func run(at uberblock: Uberblock) throws(PoolError) -> Result {
        // Blocks of an older state were overwritten long ago; only what is newer than all tells that somebody writes now.
        let newest = max(uberblock.txg, candidate.newestUberblock?.txg ?? uberblock.txg)
        let live = LivePool(candidate, options, opened: newest, notes: notes)
        return try attempt(uberblock, all: [uberblock], isCheckpoint: false, live)
    }

    /// The valid uberblocks of all leaves, each once, newest first.
    private func readUberblocks() -> [Uberblock] {
        let devices = candidate.leafDevices
        var seen: Set<Uberblock> = []
        var all: [Uberblock] = []
        for found in WorkerPool.processors.map(
            below: devices.count, { uberblocks(on: devices[$0]) })
        {
            for index in found.foreignLabels {
                notes.damage(
                    "label \(index) of \(found.device)", "it is of another pool",
                    code: .foreignLabel)
            }
            for uberblock in found.uberblocks where seen.insert(uberblock).inserted {
                all.append(uberblock)
            }
        }
        if let detached = candidate.detached, seen.insert(detached).inserted {
            all.append(detached)
        }
        return all.sorted { $1.precedes($0) }
    }

    /// What the rings of one device hold.
    private struct Rings: Sendable {
        let device: String
        var uberblocks: [Uberblock] = []
        var foreignLabels: [Int] = []
    }

    /// The valid uberblocks of one device, each once for all its labels.
    ///
    /// A label of another pool, left or copied there, has uberblocks that lead nowhere here.
    private func uberblocks(on device: any BlockDevice) -> Rings {
        var found = Rings(device: device.name)
        var seen: Set<Uberblock> = []
        for label in LabelSet(device).labels {
            let owner = label.config.list?.guid(ConfigKey.poolGUID)
            guard owner == nil || owner == candidate.guid else {
                found.foreignLabels.append(label.index)
                continue
            }
            found.uberblocks += label.ring.slots.compactMap(\.validUberblock)
                .filter { seen.insert($0).inserted }
        }
        return found
    }

    /// The first of the uberblocks, best first, that leads to an object directory.
    private func choose(
        from uberblocks: [Uberblock], _ live: LivePool
    ) throws(PoolError) -> Result {
        var wanted = uberblocks
        if case .txg(let limit) = options.state {
            wanted = uberblocks.filter { $0.txg <= limit }
            guard let first = wanted.first else {
                throw .noUberblock(
                    uberblocks.isEmpty
                        ? []
                        : [
                            "the oldest uberblock is of txg \(uberblocks[uberblocks.count - 1].txg)"
                        ])
            }
            if first.txg != limit {
                notes.state(
                    "txg \(limit)",
                    "it has no uberblock any more; txg \(first.txg) is read instead",
                    code: .uberblockGone)
            }
        }
        // Multihost writes the same root again with a later time; once is enough.
        var tried: Set<BlockPointer> = []
        var causes: [String] = []
        for uberblock in wanted where tried.insert(uberblock.rootPointer).inserted {
            guard causes.count < Self.attempts else { break }
            do throws(PoolError) {
                let result = try attempt(uberblock, all: uberblocks, isCheckpoint: false, live)
                if !causes.isEmpty {
                    notes.state(
                        "txg \(uberblock.txg)",
                        "it is read because the \(causes.count) newer can't be",
                        code: .uberblockOlder)
                }
                return result
            } catch {
                if case .version = error { throw error }
                notes.damage(
                    "uberblock of txg \(uberblock.txg)", "\(error)", code: .uberblockUnreadable)
                causes.append("txg \(uberblock.txg): \(error)")
            }
        }
        // A device that was cut short is the likeliest cause of all others.
        let cut = candidate.members.compactMap { member in
            member.shortfall.map { "\(member.name): \($0)" }
        }
        throw .noUberblock(cut + causes)
    }

    /// Opens the MOS below an uberblock, first with the labels' vdev tree, then with its own.
    private func attempt(
        _ uberblock: Uberblock, all: [Uberblock], isCheckpoint: Bool, _ live: LivePool
    ) throws(PoolError) -> Result {
        guard (1...28).contains(uberblock.version) || uberblock.version == 5000 else {
            throw .version(uberblock.version)
        }
        let labelRoot = VdevNode(candidate.root)
        var reflow = ReflowSearch.progress(
            of: uberblock, candidate.root, labelRoot, candidate.devices, among: all)
        var reader = self.reader(labelRoot, reflow, live)
        var (meta, directory) = try openMeta(uberblock, reader, live)
        installSalt(directory, reader)
        let stored = readConfig(meta, directory)
        let found =
            stored?.root == nil
            ? search(for: uberblock, among: all, meta, directory, reader, live).run() : nil
        let config = found?.config ?? stored
        if let own = config?.root, case let root = plausible(own, uberblock), root != labelRoot {
            reflow = ReflowSearch.progress(
                of: uberblock, own, root, candidate.devices, among: all)
            reader = self.reader(root, reflow, live)
            installSalt(directory, reader)
            (meta, directory) = try openMeta(uberblock, reader, live)
        }
        let mappings = IndirectMappings(
            root: config?.root ?? candidate.root, meta: meta, directory: directory)
        mappings.install(in: reader.vdevs)
        MissedTxgs(
            root: config?.root ?? candidate.root, members: candidate.members, meta: meta
        ).install(in: reader.vdevs)
        return Result(
            uberblock: uberblock, reflow: reflow, uberblocks: all, live: live,
            isCheckpoint: isCheckpoint,
            reader: reader, meta: meta, directory: directory, config: config, foundConfig: found,
            features: Features(meta, directory))
    }

    /// The pool's own tree, where top-level vdevs whose blocks can't lie as it says are taken from the labels.
    private func plausible(_ root: VdevConfig, _ uberblock: Uberblock) -> VdevNode {
        func isFlawed(_ top: VdevConfig) -> Bool {
            top.stripeFlaw != nil || !top.expansionFlaws(newest: uberblock.txg).isEmpty
        }
        var tree = VdevNode(root)
        for top in root.children where isFlawed(top) {
            guard
                let label = candidate.root.children.first(where: { $0.guid == top.guid }),
                !isFlawed(label),
                let place = tree.children.firstIndex(where: { $0.guid == top.guid })
            else { continue }
            tree.children[place] = VdevNode(label)
        }
        return tree
    }

    /// How many older states are looked at for a configuration.
    private static let mostConfigs = 16

    private func search(
        for uberblock: Uberblock, among all: [Uberblock], _ meta: MetaObjects,
        _ directory: ObjectDirectory, _ reader: BlockReader, _ live: LivePool
    ) -> ConfigSearch {
        let quiet = PoolOpening(candidate: candidate, options: options, notes: PoolNotes())
        let older = all.filter { $0.precedes(uberblock) }.prefix(Self.mostConfigs)
        return ConfigSearch(
            candidate: candidate, meta: MetaObjects(meta.set, notes: quiet.notes),
            directory: directory,
            older: older.map { state in
                (state.txg, { try? quiet.openMeta(state, reader, live) })
            })
    }

    private func reader(
        _ root: VdevNode, _ reflow: RaidzReflow, _ live: LivePool
    ) -> BlockReader {
        let reader = BlockReader(
            vdevs: VdevTree(root: root, devices: candidate.devices, reflow: reflow),
            decryptor: options.decryptor)
        reader.watch = live
        return reader
    }

    private func openMeta(
        _ uberblock: Uberblock, _ reader: BlockReader, _ live: LivePool
    ) throws(PoolError) -> (MetaObjects, ObjectDirectory) {
        let set: ObjectSet
        do {
            set = try ObjectSet(
                source: live.source(reader, dataset: nil), pointer: uberblock.rootPointer)
        } catch {
            throw .object(error)
        }
        let meta = MetaObjects(set, notes: notes)
        let entries = try meta.entries(of: ObjectDirectory.objectNumber, "object directory")
        return (meta, ObjectDirectory(entries))
    }

    /// Blocks with a salted checksum can be read from now on.
    private func installSalt(_ directory: ObjectDirectory, _ reader: BlockReader) {
        guard let value = directory.value(.checksumSalt) else { return }
        reader.salt = ChecksumSalt(value.bytes)
        if reader.salt == nil {
            notes.damage(
                "object directory", "the checksum salt has \(value.bytes.count) bytes, not 32",
                code: .checksumSalt)
        }
    }

    private func readConfig(_ meta: MetaObjects, _ directory: ObjectDirectory) -> PoolConfig? {
        guard let object = directory.object(.config) else {
            notes.damage(
                "object directory", "it names no configuration; the labels' is used",
                code: .configAbsent)
            return nil
        }
        do throws(PoolError) {
            let config = PoolConfig(try meta.nvlist(object, "config"))
            if config.root == nil {
                meta.damage(
                    object, "config", "it has no vdev tree; the labels' is used",
                    code: .configNoTree)
            }
            return config
        } catch {
            meta.damage(
                object, "config", "\(error); the labels' is used",
                code: .configUnreadable)
            return nil
        }
    }

    /// The uberblock that the checkpoint keeps.
    private func checkpointed(_ result: Result) throws(PoolError) -> Uberblock {
        guard let value = result.directory.value(.checkpoint) else {
            throw .absent("the pool has no checkpoint")
        }
        do {
            return try Uberblock(value.words.littleEndianBytes.rawBytes)
        } catch {
            throw .format(object: ObjectDirectory.objectNumber, error)
        }
    }
}
