import Objects

extension ProblemKind {
    /// The kind for what a reader of ZAPs met; nil for a block that can't be read, which is told of the block, and for the
    /// count of what was left out.
    static func zap(_ kind: ZAPProblem.Kind) -> ProblemKind? {
        switch kind {
        case .unreadable, .more: nil
        case .header: .zapHeader
        case .pointerTable: .zapPointerTable
        case .leafHeader: .zapLeafHeader
        case .leafPrefix: .zapLeafPrefix
        case .unreferencedLeaf: .zapUnreferencedLeaf
        case .missingLeaf: .zapMissingLeaf
        case .blockPastEnd: .zapBlockPastEnd
        case .chainLoop: .zapChainLoop
        case .chainBroken: .zapChainBroken
        case .lostEntry: .zapLostEntry
        case .badEntry: .zapBadEntry
        case .wrongHash: .zapWrongHash
        case .wrongBucket: .zapWrongBucket
        case .unterminatedName: .zapUnterminatedName
        case .duplicateName: .zapDuplicateName
        case .duplicateCollision: .zapDuplicateCollision
        case .collisionOrder: .zapCollisionOrder
        case .leafCount: .zapLeafCount
        case .entryCount: .zapEntryCount
        case .freeList: .zapFreeList
        case .padding: .zapPadding
        }
    }
}
