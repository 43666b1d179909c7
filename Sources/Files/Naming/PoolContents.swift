package import Datasets
package import Objects
import Synchronization
import Vdevs

/// A pool with the keys that were given for it: the way from what a user names to what it stands for.
///
/// Every command that reads files goes through here, so that all of them name things, ask for keys and
/// fail alike.
package final class PoolContents: Sendable {
    /// Gives a key for an encrypted dataset, or nil where there is none.
    package typealias AskForKey = @Sendable (KeyRequest) throws(PoolError) -> UserKey?

    /// How often a key is asked for before the dataset counts as locked.
    private static let attempts = 3

    package let pool: Pool
    /// Nil where the tree of datasets can't be read, so that no key can be assigned.
    package let keyring: Keyring?
    private let ask: AskForKey?
    private let isReplaying: Bool
    /// The dataset that was opened last, since files are named dataset by dataset.
    private let last = Mutex<(object: UInt64, contents: DatasetContents)?>(nil)

    /// `ask` is called when a dataset is opened that no key was given for; `replaying` shows file systems and
    /// volumes as they would be after the replay of their intent logs.
    package init(_ pool: Pool, replaying: Bool = false, ask: AskForKey? = nil) {
        self.pool = pool
        self.ask = ask
        isReplaying = replaying
        do {
            keyring = try Keyring(pool)
        } catch {
            pool.notes.damage("the tree of datasets", "\(error)", code: .datasetsUnreadable)
            keyring = nil
        }
    }

    /// The dataset of a name or of `objset:N`, which is found also where no name leads to it.
    package func dataset(named name: String) throws(PoolError) -> Dataset {
        let item = PoolItem(dataset: name)
        if let number = item.datasetObject {
            if keyring != nil, let known = try pool.datasets().dataset(object: number) {
                return known
            }
            do throws(PoolError) {
                return try DatasetTreeReader(pool.meta)
                    .dataset(number, name: name, isSnapshot: false)
            } catch {
                throw error.isAbsence ? .noSuchDataset(name) : error
            }
        }
        let tree = try pool.datasets()
        if let dataset = tree.dataset(named: name) { return dataset }
        guard !name.contains("#") else {
            throw .absent("\(name) names a bookmark, and a bookmark holds no files")
        }
        throw .noSuchDataset(
            name, near: NearNames.of(name, among: tree.datasets.lazy.map(\.name)))
    }

    /// Whether the dataset can't be read for want of a key.
    package func isLocked(_ dataset: Dataset) -> Bool {
        guard let keyring else { return false }
        return keyring.isEncrypted(dataset) && keyring.key(of: dataset) == nil
    }

    /// The object set of a dataset, decrypted where its key is known or is given when asked for.
    package func objectSet(of dataset: Dataset) throws(PoolError) -> ObjectSet {
        try unlock(dataset)
        return try pool.objectSet(of: dataset)
    }

    /// Opens with a key all datasets that share the encryption root of the named one, and notes which of them it should have
    /// opened and does not. Throws where it opens none.
    package func unlock(_ name: String, with key: UserKey) throws(PoolError) {
        guard let node = try pool.datasets().node(named: name) else { throw .noSuchDataset(name) }
        try unlock(node, with: key)
    }

    private func unlock(_ node: DatasetNode, with key: UserKey) throws(PoolError) {
        for problem in try keyring?.add(key, for: node) ?? [] {
            noteDamage(of: node.name, problem)
        }
    }

    private func noteDamage(of name: String, _ problem: PoolError) {
        pool.notes.damage("encryption of \(name)", "\(problem)", code: .keyDamaged)
    }

    /// Another state of the same pool, opened with the keys that were given for this one. What they no longer open is noted
    /// as damaged there; nobody is asked.
    package func contents(of other: Pool) -> PoolContents {
        let contents = PoolContents(other, replaying: isReplaying)
        for given in pool.keys.given {
            do throws(PoolError) {
                guard let node = try other.datasets().node(object: given.directory) else {
                    continue
                }
                try contents.unlock(node, with: given.key)
            } catch {
                contents.noteDamage(of: "the directory \(given.directory)", error)
            }
        }
        return contents
    }

    /// Opens a dataset; throws `noKey` where it is encrypted and nobody gives its key.
    package func open(_ dataset: Dataset) throws(FilesError) -> DatasetContents {
        guard !dataset.rootPointer.isHole else { throw FilesError(.neverWritten) }
        if let last = last.withLock({ $0 }), last.object == dataset.object {
            return last.contents
        }
        let set: ObjectSet
        do {
            set = try objectSet(of: dataset)
        } catch {
            throw FilesError(.pool(error))
        }
        guard !isLocked(dataset) else { throw FilesError(.noKey) }
        var contents = try DatasetContents(set)
        if isReplaying && !dataset.isSnapshot { contents = replayed(contents, of: dataset) }
        let opened = contents
        last.withLock { $0 = (dataset.object, opened) }
        return contents
    }

    /// Bytes that the changes of a log may take; what an honest log holds is far less.
    private static let replayMemory = 1 << 30

    /// The contents after the replay of the log, with a note of what was applied.
    private func replayed(_ contents: DatasetContents, of dataset: Dataset) -> DatasetContents {
        let after: DatasetContents
        let summary: ReplaySummary
        switch contents {
        case .filesystem(let filesystem):
            let (changed, applied) = filesystem.replayed(
                after: pool.txg, memory: Self.replayMemory)
            (after, summary) = (.filesystem(changed), applied)
        case .volume(let volume, let set):
            let (changed, applied) = volume.replayed(
                in: set, after: pool.txg, memory: Self.replayMemory)
            (after, summary) = (.volume(changed, set), applied)
        case .other: return contents
        }
        pool.notes.state(dataset.name, summary.text, code: .logReplayed)
        for (record, why) in summary.refused {
            pool.notes.state(
                dataset.name, "\(record) of the intent log was not applied whole: \(why)",
                code: .logRecordRefused)
        }
        for (record, what) in summary.approximated {
            pool.notes.state(
                dataset.name, "\(record) of the intent log was applied, but \(what)",
                code: .logRecordRefused)
        }
        if let first = summary.firstOmitted {
            pool.notes.damage(
                "intent log of \(dataset.name)",
                "the records from number \(first) on were not applied: what they change takes more than \(Self.replayMemory >> 20) MiB of memory",
                code: .logBroken)
        }
        switch summary.end {
        case .lost, .damaged, .limit:
            pool.notes.damage(
                "intent log of \(dataset.name)", "it \(summary.end)", code: .logBroken)
        case .empty, .claimed, .claimedUnwritten, .notWritten: break
        }
        return after
    }

    /// Opens what was named; errors carry as much of the name as leads to their cause.
    ///
    /// Symlinks on the way are followed inside their file system; one at the end is, where `followingLast` says so.
    package func open(
        _ item: PoolItem, followingLast: Bool = false
    ) throws(FilesError) -> OpenedItem {
        guard !item.isMeta else {
            return try open(item, nil, .other(pool.meta.set), followingLast)
        }
        let dataset: Dataset
        do throws(PoolError) {
            dataset = try self.dataset(named: item.dataset)
        } catch {
            throw FilesError(.pool(error))
        }
        do throws(FilesError) {
            return try open(item, dataset, try open(dataset), followingLast)
        } catch {
            throw error.at(item.dataset + (error.path.map { ":" + $0 } ?? ""))
        }
    }

    private func open(
        _ item: PoolItem, _ dataset: Dataset?, _ contents: DatasetContents, _ followingLast: Bool
    ) throws(FilesError) -> OpenedItem {
        var file: File?
        var object: DMUObject?
        switch (item.part, contents) {
        case (.whole, .filesystem(let filesystem)): file = try filesystem.file(filesystem.root)
        case (.whole, .volume(let volume, _)): object = volume.contents.object
        case (.whole, .other): break
        case (.path(let path), .filesystem(let filesystem)):
            file = try filesystem.file(following: path, followingLast: followingLast)
        case (.path, _): throw FilesError(.notFilesystem("a \(contents)"))
        case (.object(let number), .filesystem(let filesystem)):
            object = try filesystem.object(number)
            do throws(FilesError) {
                file = try filesystem.file(number)
            } catch {
                // Not every object is a file; what is wrong with one that should be shows later.
            }
        case (.object(let number), _):
            do {
                object = try contents.objectSet.object(number)
            } catch {
                throw FilesError(.object(error))
            }
        }
        return OpenedItem(
            item: item, dataset: dataset, contents: contents, file: file,
            object: file?.object ?? object)
    }

    /// Asks for the key of a dataset that has none, as long as there is somebody to ask.
    private func unlock(_ dataset: Dataset) throws(PoolError) {
        guard let keyring, let ask, isLocked(dataset),
            let node = try pool.datasets().node(of: dataset)
        else { return }
        let root = try keyring.encryptionRoot(of: node) ?? node
        let format = try keyring.keyObject(of: node)?.format
        var refusal: PoolError?
        for _ in 0..<Self.attempts {
            let request = KeyRequest(dataset: root.name, format: format, refusal: refusal)
            guard let key = try ask(request) else { return }
            do throws(PoolError) {
                return try unlock(node, with: key)
            } catch {
                guard error.isAboutTheKey else { throw error }
                refusal = error
            }
        }
        if let refusal { throw refusal }
    }
}

extension PoolError {
    /// Whether the object was looked for and is no dataset.
    fileprivate var isAbsence: Bool {
        guard case .object(let error) = self else { return false }
        return switch error.reason {
        case .notAllocated, .wrongType: true
        default: false
        }
    }

    /// Whether another key might do.
    fileprivate var isAboutTheKey: Bool {
        switch self {
        case .wrongKey, .badKey: true
        default: false
        }
    }
}
