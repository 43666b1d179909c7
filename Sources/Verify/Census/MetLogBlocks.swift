import Vdevs

/// The blocks of intent logs that a walk met, in bounded memory however long the logs are.
struct MetLogBlocks {
    /// Blocks that are younger than the state that is read, so that they are in no space map yet.
    private(set) var pending: [BlockPointer] = []
    /// The blocks of the log that is walked; records may name one twice.
    private var seen: Set<SharedBlocks.Key> = []
    /// Bytes that both may take.
    private let memory: Int

    /// They don't fit.
    struct Full: Error {}

    /// Bytes for one block: while a set or an array grows it has its older self beside it.
    private static let (bytesPerSeen, bytesPerPending) = (64, 3 * BlockPointer.byteCount)

    init(memory: Int) { self.memory = memory }

    /// Begins with the next log; what is pending in the pool stays.
    mutating func beginLog() { seen = [] }

    /// Notes a block of the log, and says whether it is new.
    mutating func insert(_ pointer: BlockPointer) throws(Full) -> Bool {
        guard seen.insert(SharedBlocks.Key(pointer.dva(0))).inserted else { return false }
        try checkRoom()
        return true
    }

    mutating func addPending(_ pointer: BlockPointer) throws(Full) {
        pending.append(pointer)
        try checkRoom()
    }

    private func checkRoom() throws(Full) {
        let taken = seen.count * Self.bytesPerSeen + pending.count * Self.bytesPerPending
        guard taken <= memory else { throw Full() }
    }
}
