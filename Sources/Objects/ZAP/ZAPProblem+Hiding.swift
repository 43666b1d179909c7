extension ZAPProblem {
    /// Whether entries may stand there that were not read.
    package var mayHideEntries: Bool {
        switch kind {
        case .leafCount, .entryCount, .freeList, .padding, .wrongHash, .wrongBucket: false
        default: true
        }
    }
}
