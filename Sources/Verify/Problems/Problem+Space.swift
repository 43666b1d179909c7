extension Problem {
    /// The piece of a vdev that it is about; nil where it is about none.
    var space: SpaceRange? {
        guard let vdev = location.vdev.flatMap({ UInt32(exactly: $0) }),
            let offset = location.offset, let size = location.size, size > 0
        else { return nil }
        let (end, overflow) = offset.addingReportingOverflow(size)
        return overflow ? nil : SpaceRange(vdev: vdev, bytes: offset..<end)
    }

    /// Whether it helps to know who owns the space: of leaked space nobody does, and a block's own problem names it.
    var wantsOwners: Bool {
        space != nil && Self.kindsOfOwnedSpace.contains(kind)
    }

    private static let kindsOfOwnedSpace: Set<ProblemKind> = [
        .spacemapUnprotected, .blockClaimedTwice, .spacemapDoubleFree, .spacemapDoubleAllocation,
        .spacemapOutOfBounds,
    ]

    /// Orders a report: what endangers data first, then by severity and place.
    var rank: (Int, Int, UInt64, UInt64, UInt64, UInt64) {
        let first =
            kind == .spacemapUnprotected
            ? 0 : [.blockClaimedTwice, .waitingBlockInUse].contains(kind) ? 1 : 2
        let severity = Severity.allCases.firstIndex(of: kind.severity) ?? 0
        return (
            first, -severity, location.vdev ?? .max, location.metaslab ?? .max,
            location.object ?? 0, location.offset ?? 0
        )
    }
}
