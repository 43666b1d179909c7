import Vdevs

extension Problem {
    /// The problem with its owners; of space that is claimed twice they say whether one of them only waits to free it.
    func owned(by owners: [BlockOwner]) -> Problem {
        let isWaiting = owners.contains { $0.place.origin.isWaiting }
        let isInUse = owners.contains { !$0.place.origin.isWaiting }
        let isKnown = kind == .blockClaimedTwice && isWaiting && isInUse
        var problem = Problem(
            isKnown ? .waitingBlockInUse : kind, at: location, evidence: evidence)
        problem.owners = owners
        return problem
    }
}

extension BlockPlace.Origin {
    /// Whether the block is on a list of what is to be freed.
    fileprivate var isWaiting: Bool {
        switch self {
        case .deferredFree, .freeList, .destroyedClone, .destroyedTree, .dedupLog: true
        case .tree, .intentLog, .checkpoint, .removal: false
        }
    }
}
