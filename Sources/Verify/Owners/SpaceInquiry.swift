package import Datasets
package import Devices
import Objects
import Vdevs

/// Answers who owns a piece of space, and what the space maps say of it.
package struct SpaceInquiry {
    private let pool: Pool
    private let books: SpaceBookCheck
    private let search: OwnerSearch

    /// Bytes that a question may take.
    private static let memory = 1 << 30

    package init(_ pool: Pool, threadCount: Int, interruption: Interruption) {
        self.pool = pool
        var books = SpaceBookCheck(pool, budget: Self.memory / 4)
        books.run()
        self.books = books
        search = OwnerSearch(
            pool, vdevs: books.vdevs, threadCount: threadCount, memory: Self.memory,
            interruption: interruption)
    }

    /// One answer for each piece.
    package func answers(for ranges: [SpaceRange]) -> [SpaceAnswer] {
        let resolved = ranges.map(concrete)
        let flat = resolved.flatMap(\.self)
        var owners = search.owners(of: flat)[...]
        return zip(ranges, resolved).map { range, parts in
            var found: [BlockOwner] = []
            for _ in parts {
                for owner in owners.popFirst() ?? [] where !found.contains(owner) {
                    found.append(owner)
                }
            }
            return answer(range, parts, found)
        }
    }

    /// Who owns what lies in a piece of a device.
    package func owners(of range: DeviceRange) -> [BlockOwner] { search.owners(of: range) }

    /// Where a piece is now: of a removed vdev, where what is mapped of it was copied to.
    private func concrete(_ range: SpaceRange) -> [SpaceRange] {
        guard let mapping = pool.vdevs.mapping(of: range.vdev) else { return [range] }
        return mapping.entries.flatMap { entry -> [SpaceRange] in
            let end = entry.source.addingReportingOverflow(entry.byteCount).partialValue
            guard entry.source < end else { return [] }
            let common = range.bytes.clamped(to: entry.source..<end)
            guard !common.isEmpty else { return [] }
            let size = common.upperBound - common.lowerBound
            let address = DVA(vdev: range.vdev, offset: common.lowerBound, allocatedSize: size)
            // A mapping that leads nowhere is a finding of `verify-spacemaps`.
            let segments =
                (try? pool.vdevs.segments(of: address, count: Int(clamping: size))) ?? []
            return segments.compactMap { segment in
                let (end, overflow) = segment.offset.addingReportingOverflow(
                    UInt64(segment.byteCount))
                return overflow
                    ? nil : SpaceRange(vdev: segment.vdev, bytes: segment.offset..<end)
            }
        }
    }

    private func answer(
        _ range: SpaceRange, _ parts: [SpaceRange], _ owners: [BlockOwner]
    ) -> SpaceAnswer {
        var answer = SpaceAnswer(range: range, movedTo: parts == [range] ? [] : parts)
        answer.owners = owners
        if parts.isEmpty { answer.outsideBytes = answer.size }
        for part in parts { add(part, to: &answer) }
        return answer
    }

    private func add(_ part: SpaceRange, to answer: inout SpaceAnswer) {
        var covered = part.bytes.lowerBound
        for (shard, book) in books.books.enumerated() where book.geometry.vdev == part.vdev {
            let common = part.bytes.clamped(to: book.bounds)
            guard !common.isEmpty else { continue }
            covered = max(covered, common.upperBound)
            if !answer.metaslabs.contains(book.index) { answer.metaslabs.append(book.index) }
            if book.mapObject != 0, !answer.maps.contains(book.mapObject) {
                answer.maps.append(book.mapObject)
            }
            var check = MetaslabCheck(
                pool: pool, claims: SpaceClaims(vdevs: [], budget: 0, scratch: nil),
                changes: books.changes)
            guard book.obstacle == nil, let allocated = check.replay(book, shard: shard) else {
                answer.unknownBytes &+= common.upperBound - common.lowerBound
                continue
            }
            let units = book.geometry.units(common, ofMetaslab: book.index)
            let set = UInt64(allocated.countSet(in: units)) << UInt64(book.geometry.ashift)
            answer.allocatedBytes &+= min(set, common.upperBound - common.lowerBound)
        }
        if covered < part.bytes.upperBound {
            answer.outsideBytes &+= part.bytes.upperBound - covered
        }
    }
}
