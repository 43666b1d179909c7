package import Bytes
package import Datasets
package import Vdevs
package import Verify

/// Where a repair may write.
///
/// Space counts as free only where all agree: the space maps with the logs folded in have it free; nothing that the
/// census met claims it, the checkpoint, deferred frees and the chains of intent logs included, also those that nobody has
/// claimed yet; and no map or log tells of it as freed in the newest three groups (`TXG_DEFER_SIZE` is 2), so that the
/// uberblocks of those groups lead to whole trees still. A metaslab whose map was written anew within these groups can't
/// tell what was freed, so it is used last, and so is one whose map can't be played back: only where it is written anew
/// from a census that saw everything, since a pool in which no log can be read has no other.
///
/// Nothing that the newest tree holds is given back by a repair either: what it no longer needs goes to the list of deferred
/// frees. So the uberblock before the repair stays a valid way back until the pool is imported and goes on.
package struct FreeSpace: Sendable {
    /// The unit that stored sizes are rounded up to, in bytes: the largest sector of the vdevs written to.
    package let unit: Int
    private let pool: Pool
    private let survey: SpaceSurvey
    /// The space of a newer state, by vdev and number; what it has is not free either.
    private let kept: [[Int]: SurveyedMetaslab]
    private let txg: TransactionGroup
    private var metaslabs: [FreeMetaslab]
    /// The index of each in `metaslabs`, by its place in the survey.
    private var indices: [Int: Int]
    private let vdevs: [UInt32: VdevRoom]
    /// Ranges of intent logs that are in no map.
    private let pending: [SpaceRange]
    /// The metaslab that a copy of that number was put into last, by vdev.
    private var current: [[Int]: Int] = [:]

    /// A vdev that can be written to.
    private struct VdevRoom: Sendable {
        let allocationClass: AllocationClass
        let byteCount: UInt64
        let alignment: UInt64
    }

    /// `txg` is the group that is going to be written; nothing is taken where `kept`, another state of the pool, has
    /// something. `rebuilt` are the metaslabs whose maps are written anew, by their places in the survey.
    package init(
        _ pool: Pool, _ survey: SpaceSurvey, txg: TransactionGroup,
        besides kept: SpaceSurvey? = nil, rebuilt: Set<Int> = []
    ) throws(RepairError) {
        self.pool = pool
        self.survey = survey
        self.kept = Dictionary(
            (kept?.metaslabs ?? []).map { ([Int($0.vdev), $0.index], $0) },
            uniquingKeysWith: { first, _ in first })
        self.txg = txg
        pending = PendingLogs.ranges(survey.pendingLogBlocks)
        let books = pool.spaceBooks()
        let usesLogs = pool.directory.object(.logSpaceMaps) != nil
        var vdevs: [UInt32: VdevRoom] = [:]
        var unit = 512
        for space in books.vdevs {
            guard let room = Self.room(space, pool, usesLogs: usesLogs) else { continue }
            vdevs[space.id] = room
            unit = max(unit, 1 << Int(min(16, space.config.ashift ?? 9)))
        }
        self.vdevs = vdevs
        self.unit = unit
        metaslabs = []
        indices = [:]
        for (position, metaslab) in survey.metaslabs.enumerated() {
            guard vdevs[metaslab.vdev] != nil, metaslab.mapObject != 0,
                metaslab.allocated != nil || survey.isComplete && rebuilt.contains(position)
            else { continue }
            let count =
                metaslab.allocated?.setCount ?? metaslab.claimed.reduce(0) { $0 + $1.count }
            let used = UInt64(count) << UInt64(metaslab.geometry.ashift)
            let size = metaslab.bounds.upperBound - metaslab.bounds.lowerBound
            metaslabs.append(
                FreeMetaslab(
                    position: position, metaslab, byteCount: size - min(size, used)))
        }
        metaslabs.sort { left, right in
            let isWorse = (
                !survey.metaslabs[left.position].isSound,
                !survey.metaslabs[right.position].isSound
            )
            return isWorse.0 == isWorse.1 ? left.byteCount > right.byteCount : isWorse.1
        }
        for (index, metaslab) in metaslabs.enumerated() { indices[metaslab.position] = index }
    }

    /// The oldest of the groups whose uberblocks must stay good.
    private static func oldest(_ txg: TransactionGroup) -> TransactionGroup {
        TransactionGroup(txg.rawValue - min(txg.rawValue, 3))
    }

    private static func room(
        _ space: VdevSpace, _ pool: Pool, usesLogs: Bool
    ) -> VdevRoom? {
        guard space.allocationClass == .normal || space.allocationClass == .special,
            !space.config.isNonAllocating, !space.config.isRemoving,
            let top = try? pool.vdevs.top(space.id), top.problem == nil,
            !usesLogs || space.unflushedObject != 0,
            let smallest = try? pool.vdevs.allocatedSize(
                of: 512, vdev: space.id, physicalBirth: pool.txg),
            let ashift = space.config.ashift, ashift <= 16
        else { return nil }
        return VdevRoom(
            allocationClass: space.allocationClass, byteCount: space.config.asize ?? 0,
            alignment: top.kind == .draid ? smallest : 1 << ashift)
    }
}

extension FreeSpace {
    /// Takes room for so many copies of a block of `byteCount` stored bytes.
    ///
    /// Copies go to different vdevs as far as there are any, and on one vdev an eighth of it apart if that is possible.
    package mutating func allocate(
        _ byteCount: Int, copies: Int, like old: BlockPointer
    ) throws(RepairError) -> [DVA] {
        var taken: [DVA] = []
        for copy in 0..<max(1, copies) {
            guard let address = take(UInt64(byteCount), copy: copy, beside: taken, like: old)
            else {
                // ZFS, too, is content with fewer copies where there is no room for all.
                if copy > 0 { break }
                throw .noSpace(
                    "no vdev has \(byteCount) bytes that are free in its maps and in the block tree"
                )
            }
            taken.append(address)
        }
        return taken
    }

    /// Gives back what `allocate` gave.
    package mutating func release(_ address: DVA) {
        let range = address.offset..<address.offset + address.allocatedSize
        for index in metaslabs.indices
        where metaslabs[index].vdev == address.vdev && metaslabs[index].bounds.contains(range) {
            metaslabs[index].giveBack(range)
        }
    }

    private mutating func take(
        _ byteCount: UInt64, copy: Int, beside taken: [DVA], like old: BlockPointer
    ) -> DVA? {
        for vdev in order(beside: taken, like: old) {
            guard let room = vdevs[vdev],
                let size = try? pool.vdevs.allocatedSize(
                    of: byteCount, vdev: vdev, physicalBirth: txg)
            else { continue }
            let others = taken.filter { $0.vdev == vdev }.map(\.offset)
            for distance in others.isEmpty ? [0] : [room.byteCount / 8, 0] {
                let found = take(
                    size, on: vdev, copy: copy, alignment: room.alignment, others, distance)
                if let found {
                    return DVA(vdev: vdev, offset: found.lowerBound, allocatedSize: size)
                }
            }
        }
        return nil
    }

    /// The vdevs in the order in which they are asked: those without a copy, then the class of the old block, then the
    /// one with the most room.
    private func order(beside taken: [DVA], like old: BlockPointer) -> [UInt32] {
        let former = vdevs[old.dva(0).vdev]?.allocationClass
        func rank(_ vdev: UInt32) -> (Int, Int, UInt64) {
            let isSame = (vdevs[vdev]?.allocationClass ?? .normal) == (former ?? .normal)
            return (
                taken.count { $0.vdev == vdev }, isSame ? 0 : 1,
                .max - (vdevs[vdev]?.byteCount ?? 0)
            )
        }
        return vdevs.keys.sorted()
            .sorted { rank($0) < rank($1) }
    }

    private mutating func take(
        _ size: UInt64, on vdev: UInt32, copy: Int, alignment: UInt64, _ others: [UInt64],
        _ distance: UInt64
    ) -> Range<UInt64>? {
        let key = [Int(vdev), copy]
        let candidates = [current[key]].compactMap(\.self) + metaslabs.indices
        for (round, index) in candidates.map({ (0, $0) }) + candidates.map({ (1, $0) })
        where metaslabs[index].vdev == vdev {
            if !metaslabs[index].isLoaded { load(index) }
            guard metaslabs[index].isYoung == (round == 1),
                let range = metaslabs[index].take(size, alignment: alignment)
            else { continue }
            let isFar = others.allSatisfy { other in
                max(other, range.lowerBound) - min(other, range.lowerBound) >= distance
            }
            if isFar {
                current[key] = index
                return range
            }
            metaslabs[index].giveBack(range)
        }
        return nil
    }

    /// Works out what of a metaslab is free.
    private mutating func load(_ index: Int) {
        let metaslab = survey.metaslabs[metaslabs[index].position]
        let geometry = metaslab.geometry
        let bounds = geometry.units(metaslab.bounds, ofMetaslab: metaslab.index)
        var used = metaslab.allocated ?? UnitBitmap(count: bounds.upperBound)
        for run in metaslab.claimed { _ = used.insert(run.clamped(to: 0..<used.count)) }
        let recent = survey.freed(in: metaslab, since: Self.oldest(txg))
        let reserved = (recent ?? []) + pending.filter { $0.vdev == metaslab.vdev }.map(\.bytes)
        for range in reserved {
            let inside = range.clamped(to: metaslab.bounds)
            guard !inside.isEmpty else { continue }
            _ = used.insert(geometry.units(inside, ofMetaslab: metaslab.index))
        }
        if let other = kept[[Int(metaslab.vdev), metaslab.index]] {
            for run in other.claimed { _ = used.insert(run.clamped(to: 0..<used.count)) }
            other.allocated?.forEachRun { run in
                _ = used.insert(run.clamped(to: 0..<used.count))
            }
        }
        var free: [Range<UInt64>] = []
        used.forEachRun(of: false, in: bounds) { run in
            free.append(geometry.bytes(run, ofMetaslab: metaslab.index))
        }
        metaslabs[index].load(free, isYoung: recent == nil || metaslab.allocated == nil)
    }
}
