import Bytes
import Objects
import Vdevs

/// Reads the metaslabs of all vdevs and folds the log space maps in.
///
/// Mirrors `vdev_metaslab_init` (`module/zfs/vdev.c`) and `spa_ld_log_spacemaps`
/// (`module/zfs/spa_log_spacemap.c`). What can't be read goes to the notes.
struct SpaceBooksReader {
    let meta: MetaObjects
    let directory: ObjectDirectory
    let root: VdevConfig
    /// How many metaslabs may be kept in all; vdevs with more than are left are left out.
    let limit: Int

    /// More metaslabs than any vdev has; guards against made-up sizes.
    private static let metaslabLimit: UInt64 = 1 << 22

    func read() -> SpaceBooks {
        let logs = LogSpaceMaps(meta, directory)
        var vdevs: [VdevSpace] = []
        var tooLarge: [UInt32] = []
        var left = limit
        for (index, top) in root.children.enumerated() {
            guard top.kind != .hole, top.kind != .missing, top.kind != .indirect else { continue }
            guard let id = UInt32(exactly: top.id ?? UInt64(index)) else { continue }
            do throws(PoolError) {
                guard let space = try vdev(top, id, limit: left) else {
                    tooLarge.append(id)
                    continue
                }
                left -= space.metaslabs.count
                vdevs.append(space)
            } catch {
                meta.notes.damage(
                    "vdev \(id)", "its metaslabs can't be read: \(error)",
                    code: .metaslabsUnreadable)
            }
        }
        fold(logs, into: &vdevs)
        return SpaceBooks(vdevs: vdevs, tooLarge: tooLarge, logs: logs)
    }

    /// Nil where it has more than `limit` metaslabs.
    private func vdev(
        _ top: VdevConfig, _ id: UInt32, limit: Int
    ) throws(PoolError) -> VdevSpace? {
        let zap = VdevZAP(top.topZAP, meta, "vdev \(id)")
        let array = top.metaslabArray ?? 0
        guard top.isInitialized else {
            return VdevSpace(
                config: top, id: id, allocationClass: zap.allocationClass(of: top),
                metaslabSize: max(1, top.asize ?? 1), unflushedObject: 0, metaslabs: [])
        }
        guard let shift = top.metaslabShift, (9..<63).contains(shift),
            let ashift = top.ashift.flatMap({ UInt8(exactly: $0) }), ashift <= 16,
            let asize = top.asize
        else {
            throw .absent("its configuration gives no size of metaslabs")
        }
        let count = asize >> shift
        guard count <= Self.metaslabLimit else {
            throw .absent("the configuration gives it a size that no vdev can have")
        }
        guard count <= limit else { return nil }
        let unflushedObject = zap.unflushedTxgs ?? 0
        let maps = try numbers(array, count: count)
        let txgs = unflushedObject == 0 ? [] : try numbers(unflushedObject, count: count)
        let row = draidRow(top, ashift)
        var metaslabs: [Metaslab] = []
        for index in 0..<Int(count) {
            // Sound: index < asize >> shift, so the product does not pass asize.
            let place = Self.place(
                start: UInt64(index) << shift, size: 1 << shift, row: row)
            let map = index < maps.count ? maps[index] : 0
            metaslabs.append(
                Metaslab(
                    vdev: id, index: UInt64(index), start: place.start, size: place.size,
                    spaceMap: map, header: header(map, vdev: id, index), shift: ashift,
                    unflushedTxg: TransactionGroup(index < txgs.count ? txgs[index] : 0)))
        }
        return VdevSpace(
            config: top, id: id, allocationClass: zap.allocationClass(of: top),
            metaslabSize: 1 << shift, unflushedObject: unflushedObject, metaslabs: metaslabs)
    }

    /// A dRAID's metaslabs begin and end at whole rows (`vdev_draid_metaslab_init`).
    private static func place(
        start: UInt64, size: UInt64, row: UInt64?
    ) -> (start: UInt64, size: UInt64) {
        guard let row, row > 0, row < size else { return (start, size) }
        let skipped = (row - start % row) % row
        return (start &+ skipped, (size - skipped) / row * row)
    }

    private func draidRow(_ top: VdevConfig, _ ashift: UInt8) -> UInt64? {
        guard top.kind == .draid, let data = top.draidData, data <= 255, top.parity <= 3 else {
            return nil
        }
        return (data + top.parity) << UInt64(ashift)
    }

    /// The first words of an object that is an array, as many as it has up to `count`.
    private func numbers(_ object: UInt64, count: UInt64) throws(PoolError) -> [UInt64] {
        guard object != 0 else { return [] }
        return try meta.words(of: object, count: Int(count))
    }

    private func header(_ object: UInt64, vdev: UInt32, _ index: Int) -> SpaceMapHeader? {
        guard object != 0 else { return nil }
        do throws(PoolError) {
            return try meta.spaceMap(object).header
        } catch {
            meta.notes.damage(
                "metaslab \(index) of vdev \(vdev)", "\(error)", code: .spaceMapUnreadable)
            return nil
        }
    }

    /// Adds to each metaslab what the logs hold that its own map lacks.
    private func fold(_ logs: LogSpaceMaps, into vdevs: inout [VdevSpace]) {
        let places = Dictionary(
            vdevs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        logs.forEachChange { change in
            guard let place = places[change.vdev] else { return }
            let size = vdevs[place].metaslabSize
            guard let index = Int(exactly: change.range.lowerBound / size),
                index < vdevs[place].metaslabs.count,
                change.txg >= vdevs[place].metaslabs[index].unflushedTxg
            else { return }
            let count = Int64(clamping: change.range.upperBound - change.range.lowerBound)
            vdevs[place].metaslabs[index].unflushed =
                vdevs[place].metaslabs[index].unflushed
                .addingReportingOverflow(change.kind == .allocation ? count : -count).partialValue
        } problem: { log, what in
            meta.notes.damage("log space map of txg \(log.txg)", what, code: .logSpaceMapEntry)
        }
    }
}
