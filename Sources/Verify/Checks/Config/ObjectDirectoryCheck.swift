import Bytes
import Datasets
import Objects
import Vdevs

/// What the object directory names is there and of the type that belongs there; the MOS has as many objects as it says.
struct ObjectDirectoryCheck: Check {
    static let kinds: [ProblemKind] = [.objectWrongType, .objectCount]

    func run(_ context: CheckContext) {
        let pool = context.pool
        let survey = context.meta.survey(context)
        for entry in pool.directory.entries {
            guard let wanted = Self.wanted(entry.name), let number = entry.uint64, number != 0
            else { continue }
            guard !survey.lost.contains(where: { $0.contains(number) }) else { continue }
            let found = survey.objects[number]
            guard found.map({ !Self.fits($0, wanted) }) ?? true else { continue }
            var place = Location()
            place.objectSet = 0
            place.object = number
            place.key = entry.name
            context.report(
                Problem(
                    .objectWrongType, at: place,
                    evidence: Record([
                        "expected": .text(wanted.rawValue),
                        "found": .text(found.map { "\($0.type)" } ?? "no object"),
                    ])))
        }
        guard survey.isComplete else { return }
        // A dataset's root counts its dnodes, and so does the MOS's.
        let root = pool.uberblock.rootPointer
        let fill = root.fill
        let count = UInt64(survey.objects.count)
        guard fill != count, !root.countsMetaDnode(beside: count) else { return }
        var place = Location(txg: pool.txg)
        place.objectSet = 0
        context.report(
            Problem(
                .objectCount, at: place,
                evidence: Record(["expected": .number(count), "found": .word(fill)])))
    }

    private enum Wanted: String {
        case table = "a ZAP"
        case properties = "properties of the pool"
        case list = "a packed list of names and values"
        case pointers = "a list of block pointers"
        case directory = "a DSL directory"
        case history = "a history"
        case trees = "a list of trees to be freed"
    }

    private static func wanted(_ name: String) -> Wanted? {
        switch ObjectDirectory.Key(rawValue: name) {
        case .config, .spares, .l2cache: .list
        case .featuresForWrite, .featuresForRead, .featureDescriptions, .featureEnabledTxg,
            .errorsOfLast, .errorsOfScrub, .temporaryHolds, .dedupStatistics, .vdevZAPMap,
            .logSpaceMaps, .deletedClones:
            .table
        case .poolProperties: .properties
        case .rootDataset: .directory
        case .history: .history
        case .deferredFrees, .freeList, .emptyList, .obsoleteList: .pointers
        case .destroyedTrees: .trees
        default: nil
        }
    }

    private static func fits(_ object: MetaObjectTable.Object, _ wanted: Wanted) -> Bool {
        switch wanted {
        case .table: object.type.content == .zap
        case .properties: object.type == .poolProperties
        case .list: object.type == .packedNVList
        case .pointers: object.bonusType == .blockPointerListHeader
        case .directory: object.bonusType == .dslDirectory
        case .history: object.type == .history
        case .trees: object.type.content == .uint64
        }
    }
}
