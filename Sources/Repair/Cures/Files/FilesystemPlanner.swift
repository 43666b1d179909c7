import Bytes
import Datasets
import Files
import Objects
import Vdevs
import Verify

/// Works out what is to be done about what was found in one file system.
///
/// Names are primary: what an object says of its names follows from the entries that lead to it. An entry that leads nowhere
/// goes, unless just one file that lost its name says that it was in that directory.
struct FilesystemPlanner {
    let dataset: Dataset
    let set: ObjectSet
    let filesystem: Filesystem
    let names: FileNames
    /// By kind, in the order in which they were found.
    private let problems: [ProblemKind: [Problem]]
    var steps: [FileStep] = []
    /// Orphans that got a name back.
    var named: Set<UInt64> = []

    /// Nil where the file system can't be opened.
    init?(_ dataset: Dataset, _ set: ObjectSet, _ problems: [Problem]) {
        guard set.type == .filesystem else { return nil }
        self.dataset = dataset
        self.set = set
        do throws(FilesError) {
            filesystem = try Filesystem(set)
        } catch {
            filesystem = Filesystem.salvaged(set, error)
        }
        self.problems = Dictionary(grouping: problems, by: \.kind)
        var wanted: Set<UInt64> = []
        for problem in problems where Self.needsNames.contains(problem.kind) {
            if let object = problem.location.object { wanted.insert(object) }
            if case .word(let word)? = problem.evidence["value"] {
                wanted.insert(word & 0xffff_ffff_ffff)
            }
        }
        names = FileNames(of: wanted, in: set)
        plan()
    }

    private static let needsNames: Set<ProblemKind> = [
        .entryToFreeObject, .entryToWrongObject, .entryKind, .linkCount, .parentMismatch,
        .parentStale, .directoryNamedTwice, .directoryLoop, .unlinkedNamed, .fileMode,
    ]

    func problems(_ kind: ProblemKind) -> [Problem] { problems[kind] ?? [] }

    private mutating func plan() {
        planTables()
        planEntries()
        planNames()
        planParents()
        planOrphans()
        planQueue()
        planAttributes()
    }

    func loss(_ problem: Problem, _ what: String) -> RepairLoss {
        RepairLoss(
            dataset: dataset.name, object: problem.location.object, path: problem.location.path,
            what)
    }

    /// `/mail/inbox (object 12) of tank`.
    func place(_ problem: Problem) -> String {
        let object = problem.location.object.map { "object \($0)" } ?? "the file system"
        return problem.location.path.map { "\($0) (\(object)) of \(dataset.name)" }
            ?? "\(object) of \(dataset.name)"
    }
}
