import Bytes
import Datasets
import Objects
import Vdevs

/// Reads what leads to the space maps, and reports what of it can't be: metaslab arrays, the objects that they name, the
/// list of log space maps, and the groups since which changes are unflushed.
///
/// Mirrors `vdev_metaslab_init` (`module/zfs/vdev.c`), `spa_ld_log_sm_metadata` and `spa_ld_log_sm_cb`
/// (`module/zfs/spa_log_spacemap.c`).
struct SpaceBookCheck {
    let pool: Pool
    private(set) var vdevs: [VdevGeometry] = []
    /// One for each metaslab, in the order of the shards of `SpaceClaims`.
    private(set) var books: [MetaslabBook] = []
    private(set) var changes: LoggedChanges
    /// Vdevs that are left out, since their metaslabs take more memory than there is for them.
    private(set) var tooLarge: Set<UInt32> = []
    /// Bytes in use by the books, as far as they can be read.
    private(set) var allocated: UInt64 = 0
    private(set) var problems = ProblemList()
    /// What could not be looked at, and why.
    private(set) var unchecked: [Unchecked] = []
    /// The first shard of each vdev, by the vdev's number.
    private var firstShard: [UInt32: Int] = [:]

    private let metaslabLimit: Int
    /// The most bytes that a bitmap of one metaslab may take; whoever compares it holds a few of them.
    private let bitmapLimit: Int

    /// About what is kept of a metaslab in all, in bytes.
    private static let bytesPerMetaslab = 512
    /// What the smallest memory that can be asked for has room for: the largest metaslab that ZFS makes by itself, of 2^25
    /// units (`zfs_vdev_max_ms_shift`), and 4096 of such.
    private static let (leastBitmap, leastCount) = (1 << 22, 1 << 12)

    /// `budget` is in bytes what each of its parts may take: entries of logs, books of metaslabs.
    init(_ pool: Pool, budget: Int) {
        self.pool = pool
        changes = LoggedChanges(budget: budget)
        metaslabLimit = max(Self.leastCount, budget / Self.bytesPerMetaslab)
        bitmapLimit = max(Self.leastBitmap, budget / 2)
    }

    mutating func run() {
        // What keeps a vdev's books from being read becomes a problem here, so nobody else need note it.
        let notes = PoolNotes()
        let space = pool.spaceBooks(noting: notes, limit: metaslabLimit)
        for vdev in space.tooLarge { leaveOut(vdev) }
        allocated = space.total().allocated
        for vdev in space.vdevs { add(vdev) }
        reportMissing(space, notes)
        checkMaps()
        readLogs()
    }

    private mutating func add(_ space: VdevSpace) {
        guard space.config.isInitialized else {
            // Nothing lies there yet: whatever leads there leads past its end.
            if let ashift = space.config.ashift,
                let empty = VdevGeometry(
                    vdev: space.id, ashift: ashift, metaslabShift: ashift, allocatableSize: 0)
            {
                vdevs.append(empty)
            }
            return
        }
        guard let ashift = space.config.ashift, let shift = space.config.metaslabShift,
            let asize = space.config.asize,
            let geometry = VdevGeometry(
                vdev: space.id, ashift: ashift, metaslabShift: shift, allocatableSize: asize),
            geometry.metaslabCount == space.metaslabs.count
        else {
            reportArray(space.id, "the configuration gives it a size that no vdev can have")
            return
        }
        guard UnitBitmap.byteCount(units: geometry.unitsPerMetaslab) <= bitmapLimit else {
            leaveOut(space.id)
            return
        }
        firstShard[space.id] = books.count
        for metaslab in space.metaslabs {
            books.append(MetaslabBook(metaslab, position: vdevs.count, geometry: geometry))
        }
        vdevs.append(geometry)
        for problem in MetaslabArrayEnd(pool, space).problems { problems.add(problem) }
    }

    private mutating func leaveOut(_ vdev: UInt32) {
        tooLarge.insert(vdev)
        unchecked.append(
            Unchecked(
                "the space of vdev \(vdev)",
                "its metaslabs take more than the memory that there is for them; a larger `--memory` "
                    + "may be enough"))
    }

    private mutating func reportMissing(_ space: SpaceBooks, _ notes: PoolNotes) {
        for (index, top) in pool.rootConfig.children.enumerated() {
            guard top.kind != .hole, top.kind != .missing, top.kind != .indirect,
                let id = UInt32(exactly: top.id ?? UInt64(index)), space.vdev(id) == nil,
                !tooLarge.contains(id)
            else { continue }
            let place = "vdev \(id)"
            reportArray(
                id, notes.all.first { $0.place == place }?.cause ?? "its books can't be read")
        }
    }

    private mutating func reportArray(_ vdev: UInt32, _ cause: String) {
        var location = Location()
        location.vdev = UInt64(vdev)
        problems.add(
            Problem(.metaslabArray, at: location, evidence: Record(["cause": .text(cause)])))
        unchecked.append(Unchecked("the space of vdev \(vdev)", cause))
    }

    /// Each metaslab must name a space map of its own.
    private mutating func checkMaps() {
        var owners: [UInt64: Int] = [:]
        for shard in books.indices {
            let book = books[shard]
            if book.unflushedTxg > pool.txg {
                problems.add(
                    Problem(
                        .unflushedTxg, at: book.location,
                        evidence: Record([
                            "unflushed_txg": .txg(book.unflushedTxg), "newest_txg": .txg(pool.txg),
                        ])))
                // Nothing tells which changes in the logs its map lacks.
                books[shard].obstacle = "nothing tells since when its changes are unflushed"
            }
            guard book.mapObject != 0 else { continue }
            if let other = owners[book.mapObject] {
                reportShared(shard, with: other)
            } else {
                owners[book.mapObject] = shard
                checkObject(shard)
            }
        }
    }

    private mutating func reportShared(_ shard: Int, with other: Int) {
        let first = books[other]
        problems.add(
            Problem(
                .metaslabSharedMap, at: books[shard].location,
                evidence: Record([
                    "other_vdev": .number(UInt64(first.geometry.vdev)),
                    "other_metaslab": .number(UInt64(truncatingIfNeeded: first.index)),
                ])))
        // Nothing tells whose the map is, so neither can be compared with it.
        let cause = "two metaslabs name space map \(first.mapObject)"
        books[shard].obstacle = cause
        books[other].obstacle = cause
    }

    private mutating func checkObject(_ shard: Int) {
        let number = books[shard].mapObject
        do throws(PoolError) {
            let type = try pool.meta.object(number).type
            guard type == .spaceMap else {
                problems.add(
                    Problem(
                        .metaslabWrongObject, at: books[shard].location,
                        evidence: Record(["found": .text("\(type)")])))
                books[shard].obstacle = "object \(number) is no space map"
                return
            }
        } catch {
            problems.add(
                Problem(
                    .metaslabWrongObject, at: books[shard].location,
                    evidence: Record(["cause": .text("\(error)")])))
            books[shard].obstacle = "\(error)"
        }
    }

    private mutating func readLogs() {
        var reader = LogReader(pool)
        reader.read()
        let logs = Set(reader.logs.map(\.map.object.number))
        for shard in books.indices where logs.contains(books[shard].mapObject) {
            problems.add(
                Problem(
                    .metaslabSharedMap, at: books[shard].location,
                    evidence: Record(["cause": "the map is a log of the whole pool"])))
            books[shard].obstacle = "its space map is a log"
        }
        for log in reader.logs {
            changes.begin(LoggedChanges.Log(txg: log.txg, object: log.map.object.number))
            sortOut(log, &reader)
        }
        problems.add(reader.problems)
        checkLogs(reader)
        if changes.omittedCount > 0 {
            let cause = "\(changes.omittedCount) entries of log space maps need more memory"
            unchecked.append(Unchecked("all metaslabs", cause))
            for shard in books.indices { books[shard].obstacle = cause }
        }
    }

    private mutating func sortOut(_ log: LogSpaceMap, _ reader: inout LogReader) {
        var balance = SpaceMapBalance(shift: LogSpaceMap.shift)
        let found = log.map.forEachEntry { entry in
            balance.add(entry)
            guard let vdev = entry.vdev, let range = entry.range(start: 0, shift: LogSpaceMap.shift)
            else {
                reader.report(entry, log, "names no vdev or no place")
                return
            }
            reader.checkTxg(entry, log)
            // Entries of vdevs that were removed since stay in the logs for a while.
            guard let first = firstShard[vdev] else {
                reader.checkVdev(entry, log, vdev)
                return
            }
            let geometry = books[first].geometry
            let index = range.lowerBound >> UInt64(geometry.metaslabShift)
            guard index < UInt64(truncatingIfNeeded: geometry.metaslabCount) else {
                reader.report(entry, log, "lies past the end of vdev \(vdev)")
                return
            }
            changes.add(entry, shard: first + Int(truncatingIfNeeded: index))
        }
        for problem in found { reader.report(problem, log) }
        guard !found.isEmpty else { return reader.checkTotal(balance, log) }
        // Any metaslab may have changes where the log can't be read.
        let cause = "the log space map of txg \(log.txg) can't be read in full"
        for shard in books.indices where books[shard].unflushedTxg <= log.txg {
            books[shard].obstacle = books[shard].obstacle ?? cause
        }
    }

    /// Logs older than all that any metaslab still needs are left over.
    private mutating func reportUnneeded(_ reader: LogReader) {
        let needed = books.map(\.unflushedTxg).filter { $0.rawValue != 0 }.min()
        guard let needed else { return }
        for log in reader.logs where log.txg < needed {
            var location = Location()
            location.object = log.map.object.number
            location.txg = log.txg
            problems.add(
                Problem(
                    .logUnneeded, at: location,
                    evidence: Record(["oldest_needed": .txg(needed)])))
        }
    }

    /// Each metaslab with unflushed changes needs the log of the group in which it was flushed last.
    private mutating func checkLogs(_ reader: LogReader) {
        for cause in reader.failures {
            unchecked.append(Unchecked("the log space maps", cause))
            for shard in books.indices { books[shard].obstacle = books[shard].obstacle ?? cause }
        }
        guard reader.failures.isEmpty, reader.hasList else { return }
        reportUnneeded(reader)
        let known = Set(reader.logs.map(\.txg))
        for book in books where book.unflushedTxg.rawValue != 0 && book.unflushedTxg <= pool.txg {
            guard !known.contains(book.unflushedTxg) else { continue }
            problems.add(
                Problem(
                    .logMissing, at: book.location,
                    evidence: Record(["unflushed_txg": .txg(book.unflushedTxg)])))
        }
    }
}
