import Datasets
import Objects

/// Reckons what a directory uses.
struct UsedSpace {
    private let context: CheckContext
    private let graph: DatasetGraph
    private let accounts: DatasetAccounts

    /// The sums that a directory keeps, and its own reservation.
    struct Sums {
        var head: UInt64 = 0
        var snapshots: UInt64 = 0
        var children: UInt64 = 0
        var childReservations: UInt64 = 0
        var reservation: UInt64 = 0
        var compressed: UInt64 = 0
        var uncompressed: UInt64 = 0
        /// `dd_reserved` of the directory itself.
        var reserved: UInt64 = 0

        var used: UInt64 {
            head &+ snapshots &+ children &+ childReservations &+ reservation
        }
        /// What the directory above has to hold ready for it.
        var accounted: UInt64 { max(used, reserved) }

        init() {}

        init(stored: DSLDirectory) {
            head = stored.usedBytes
            compressed = stored.compressedBytes
            uncompressed = stored.uncompressedBytes
            reserved = stored.reserved
        }
    }

    init(_ context: CheckContext, _ graph: DatasetGraph) {
        self.context = context
        self.graph = graph
        accounts = DatasetAccounts(context, graph)
    }

    /// What a directory uses together with those below it; nil where that can't be told.
    func sums(of directory: GraphDirectory, children: [Sums]) -> Sums? {
        var sums = Sums()
        let own: ChargedSpace
        if directory.chain.isEmpty {
            guard directory.stored.headDataset == 0, let reckoned = internalSpace(directory) else {
                return nil
            }
            own = reckoned
        } else {
            var (born, dead) = (ChargedSpace(), ChargedSpace())
            for object in directory.chain {
                guard let dataset = graph.datasets[object], let lost = accounts.dead(dataset),
                    let gained = accounts.born(dataset)
                else { return nil }
                born += gained
                dead += lost.bornAfterOrigin
            }
            own = born
            sums.snapshots = dead.used
        }
        sums.head = own.used &- sums.snapshots
        sums.compressed = own.compressed
        sums.uncompressed = own.uncompressed
        sums.reserved = directory.stored.reserved
        sums.reservation = reservation(of: directory)
        for child in children {
            sums.children &+= child.used
            sums.childReservations &+= child.accounted &- child.used
            sums.compressed &+= child.compressed
            sums.uncompressed &+= child.uncompressed
        }
        return sums
    }

    /// What the head's own reservation holds back.
    private func reservation(of directory: GraphDirectory) -> UInt64 {
        guard context.pool.version >= 9, let head = graph.head(of: directory),
            case .number(let reserved) = directory.properties.value(of: "refreservation")?.value,
            let unique = accounts.unique(head), reserved > unique
        else { return 0 }
        return reserved - unique
    }

    /// What directories without a dataset use.
    ///
    /// `$FREE` counts what waits to be freed. `$MOS` counts the MOS as it was a moment before it was last written, and
    /// `$LEAK` what could not be freed; nothing tells either better than they do.
    private func internalSpace(_ directory: GraphDirectory) -> ChargedSpace? {
        let stored = directory.stored
        if directory.ownName == "$FREE" { return waitingToBeFreed() }
        return ChargedSpace(
            used: stored.hasBreakdown ? stored.usedByHead : stored.usedBytes,
            compressed: stored.compressedBytes, uncompressed: stored.uncompressedBytes)
    }

    private func waitingToBeFreed() -> ChargedSpace? {
        do {
            var space = ChargedSpace()
            if let list = try context.pool.pointerList(.freeList)?.header {
                space += ChargedSpace(
                    used: list.bytes, compressed: list.compressedBytes ?? 0,
                    uncompressed: list.uncompressedBytes ?? 0)
            }
            if let tree = try context.pool.destroyedTrees() {
                space += ChargedSpace(
                    used: tree.bytes, compressed: tree.compressedBytes,
                    uncompressed: tree.uncompressedBytes)
            }
            let notes = PoolNotes()
            for list in context.pool.deletedLivelists(noting: notes) {
                guard case .byBirth(let header, _) = list.form else { return nil }
                space += header.space
            }
            return notes.all.isEmpty ? space : nil
        } catch {
            return nil
        }
    }
}
