import TestSupport
import Verify

/// How much of `verify` is run over a damaged field.
enum SweepLook: Sendable, Hashable, CaseIterable {
    /// Everything but what goes through files, tables and the history.
    case books
    /// Everything but what goes through files.
    case tables
    /// Files, and tables of any kind.
    case files
    case everything
    /// Blocks and files, all expanded.
    case expanded

    /// Where damage to a structure shows first; what is not found there is looked for everywhere.
    init(_ spot: FieldSpot) {
        let isTable = spot.structure.hasPrefix("zap") || spot.structure.hasPrefix("mzap")
        let isAttribute = spot.structure.hasPrefix("sa_") || spot.structure.hasPrefix("bonus ")
        switch spot.place {
        case .stored: self = .expanded
        case .block(.block(.dataset, _, _, _)) where isTable: self = .files
        case .bonus(.dataset, _) where isAttribute: self = .files
        case _ where isTable: self = .tables
        default: self = .books
        }
    }

    var depth: VerifyDepth { self == .expanded ? .deep : .standard }

    var selection: CheckSelection {
        let files = ["zpl", "sa", "accounting"]
        switch self {
        case .books: return CheckSelection(skip: files + ["zap", "history", "errlog"])
        case .tables: return CheckSelection(skip: files + ["history", "errlog"])
        case .files: return CheckSelection(only: files + ["zap"])
        case .everything: return CheckSelection()
        case .expanded: return CheckSelection(skip: files + ["zap", "history", "errlog"])
        }
    }
}
