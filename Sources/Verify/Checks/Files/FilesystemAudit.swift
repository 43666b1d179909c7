import Bytes
import Datasets
import Devices
import Files
import Objects
import Synchronization

/// The check of one file system: all objects, then all directories, then what the two say of each other.
///
/// What can't be read is left out, and nothing is said of names where some may have stood in what can't be read.
final class FilesystemAudit: Sendable {
    let context: CheckContext
    let dataset: Dataset
    let filesystem: Filesystem
    /// What the table and all that is kept beside it may take.
    let memory: MemoryShare
    private let threadCount: Int
    /// Whether there is no more memory for the dataset than that, so that what does not fit is told.
    private let isLastTry: Bool
    private let lacksMemory = Atomic<Bool>(false)
    private let isGivenUp = Atomic<Bool>(false)
    private let gathered = Mutex(Gathered())
    private let pathCount = Atomic<Int>(0)
    /// Paths of directories that were asked for.
    private let directoryPaths = Mutex<[UInt64: String?]>([:])

    /// Paths are found by looking through directories, which takes time; nobody reads more of them.
    private static let mostPaths = 200

    /// What the workers bring beside the table.
    struct Gathered {
        /// Files with a directory of extended attributes, and that directory.
        var attributeOwners: [(owner: UInt64, directory: UInt64)] = []
        var sums = SpaceSums(limit: 0)
        /// Object numbers whose dnodes can't be read.
        var unreadable = ObjectRanges()
        /// Why entries may be missing, for the first directory of which that is so.
        var incomplete: String?
        /// Files that nothing seems to lead to where names may be missing.
        var withheldCount = 0
    }

    init(
        _ context: CheckContext, _ dataset: Dataset, _ filesystem: Filesystem,
        _ share: FilesystemShare
    ) {
        self.context = context
        self.dataset = dataset
        self.filesystem = filesystem
        memory = MemoryShare(share.memory)
        threadCount = share.threadCount
        isLastTry = share.isLastTry
    }

    var set: ObjectSet { filesystem.objectSet }

    /// Returns false where there was too little memory, and nobody has told so yet.
    func run() -> Bool {
        MasterNodeAudit(self).run()
        AttributeTableAudit(self).run()
        readFiles()
        return isLastTry || !lacksMemory.load(ordering: .relaxed)
    }

    private func readFiles() {
        guard let table = planTable() else { return }
        let memoryOfSums = memory.left / 4
        guard memory.take(memoryOfSums) else { return giveUp() }
        gather { $0.sums = SpaceSums(limit: memoryOfSums / SpaceSums.bytesPerOwner) }
        forEachPart(of: table) { self.readObjects(of: $0, into: table) }
        gather { $0.unreadable.settle() }
        guard !isEnding else { return }
        claimAttributeDirectories(table)
        let queue = readQueue(table)
        forEachPart(of: table) { self.readDirectories(of: $0, table, queue: queue) }
        guard !isEnding else { return }
        let verdict = NameVerdict(self, table, queue: queue)
        forEachPart(of: table) { verdict.judge($0) }
        verdict.findLoops()
        compareAccounts()
        tellWithheld()
    }

    func gather<Result>(_ body: (inout sending Gathered) -> sending Result) -> sending Result {
        gathered.withLock(body)
    }

    /// Whether nothing more is to be read.
    var isEnding: Bool { context.isCancelled || isGivenUp.load(ordering: .relaxed) }

    /// Notes that the whole dataset takes more memory than there is for it.
    func giveUp() {
        isGivenUp.store(true, ordering: .relaxed)
        leaveForMemory("the files of \(dataset.name)")
    }

    /// Notes what takes more memory than there is for it; a dataset that may get more is looked at again.
    func leaveForMemory(_ what: String) {
        lacksMemory.store(true, ordering: .relaxed)
        guard isLastTry else { return }
        context.leaveUnchecked(
            what,
            "they take more than the memory that there is for them; a larger `--memory` may be "
                + "enough")
    }

    private func forEachPart(
        of table: ObjectTable, _ body: @escaping @Sendable (ObjectTable.Part) -> Void
    ) {
        WorkerPool(threadCount: threadCount).forEach(below: table.parts.count) { index in
            guard !self.isEnding else { return }
            body(table.parts[index])
        }
    }

    private func tellWithheld() {
        let (count, why) = gather { ($0.withheldCount, $0.namesMayBeMissing) }
        guard count > 0, let why else { return }
        context.leaveUnchecked("the names of \(count) objects of \(dataset.name)", why)
    }
}

extension FilesystemAudit.Gathered {
    /// Why a file without a name may have one all the same; nil where all names were read.
    var namesMayBeMissing: String? {
        unreadable.isEmpty ? incomplete : "objects can't be read that may be directories"
    }
}

extension FilesystemAudit {
    func report(
        _ kind: ProblemKind, _ object: UInt64?, path: String? = nil, key: String? = nil,
        _ evidence: KeyValuePairs<String, Record.Value>
    ) {
        var location = Location()
        location.dataset = dataset.name
        location.objectSet = dataset.object
        location.object = object
        location.path = path
        location.key = key
        context.report(Problem(kind, at: location, evidence: Record(evidence)))
    }

    /// The path of a file, where one can be told.
    func path(of number: UInt64) -> String? {
        guard pathCount.wrappingAdd(1, ordering: .relaxed).oldValue < Self.mostPaths else {
            return nil
        }
        return (try? filesystem.path(of: number)).map { Filesystem.text($0) }
    }

    /// The path of an entry of a directory.
    func path(of name: FileName, in directory: UInt64) -> String? {
        let above: String?
        if let known = directoryPaths.withLock({ $0[directory] }) {
            above = known
        } else {
            above = path(of: directory)
            // Once there are so many, no path is found any more.
            directoryPaths.withLock { paths in
                if paths.count < Self.mostPaths { paths[directory] = .some(above) }
            }
        }
        guard let above else { return nil }
        return above == "/" ? "/\(name)" : "\(above)/\(name)"
    }
}
