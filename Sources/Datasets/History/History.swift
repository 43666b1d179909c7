import Bytes
package import Objects

/// The pool's own log of commands and events, a ring buffer in the MOS.
///
/// Each record is its length as a little-endian 64-bit number and an nvlist. The record of `zpool create`
/// stands first and is never overwritten. Mirrors `spa_history_get` (`module/zfs/spa_history.c`).
package struct History: Sendable {
    package let object: DMUObject
    package let header: HistoryHeader

    /// The most bytes that one record may have; the kernel writes far smaller ones.
    private static let recordLimit: UInt64 = 16 << 20

    package init(_ object: DMUObject) throws(PoolError) {
        self.object = object
        header = try object.bonus(as: HistoryHeader.self)
    }

    /// Visits the records from the oldest to the newest.
    ///
    /// A record that can't be read ends the walk, since only its length leads to the next; what was wrong is
    /// given to `problem`.
    package func forEachRecord(
        _ visit: (HistoryRecord) -> Void, problem: (UInt64, String) -> Void
    ) {
        walk(0..<min(header.creationEnd, header.physicalEnd), visit, problem)
        guard header.end >= header.begin else {
            problem(header.begin, "the history ends before it begins")
            return
        }
        // Before the ring first wraps, the first part was already given.
        let begin = max(header.begin, header.creationEnd)
        if header.end > begin { walk(begin..<header.end, visit, problem) }
    }

    private func walk(
        _ range: Range<UInt64>, _ visit: (HistoryRecord) -> Void,
        _ problem: (UInt64, String) -> Void
    ) {
        guard range.upperBound - range.lowerBound <= header.physicalEnd else {
            problem(range.lowerBound, "the history is longer than its buffer")
            return
        }
        var offset = range.lowerBound
        while range.upperBound - offset > 8 {
            do throws(PoolError) {
                let length: UInt64 = try integer(at: offset)
                guard length > 0, length <= Self.recordLimit,
                    length <= range.upperBound - offset - 8
                else {
                    problem(offset, "a history record's length is \(length)")
                    return
                }
                let bytes = try read(at: offset + 8, count: Int(length))
                try decode(bytes, at: offset, visit, problem)
                offset += 8 + length
            } catch {
                problem(offset, "\(error)")
                return
            }
        }
    }

    private func decode(
        _ bytes: [UInt8], at offset: UInt64, _ visit: (HistoryRecord) -> Void,
        _ problem: (UInt64, String) -> Void
    ) throws(PoolError) {
        let decoding: NVListDecoding
        do {
            decoding = try NVList.decode(bytes.rawBytes)
        } catch {
            problem(offset, "a history record can't be unpacked: \(error)")
            return
        }
        for finding in decoding.findings { problem(offset, "in a history record: \(finding)") }
        visit(HistoryRecord(decoding.list, at: offset))
    }

    private func integer(at offset: UInt64) throws(PoolError) -> UInt64 {
        let bytes = try read(at: offset, count: 8)
        do {
            return try bytes.rawBytes.integer(at: 0, .little)
        } catch {
            throw PoolError.format(
                object: object.number, FormatError("history record", .outOfBounds(error)))
        }
    }

    /// The bytes at a logical offset, which may wrap round the end of the buffer.
    private func read(at offset: UInt64, count: Int) throws(PoolError) -> [UInt8] {
        var offset = try physical(offset)
        let first = min(UInt64(count), header.physicalEnd - offset)
        var bytes = try part(at: offset, count: Int(first))
        if bytes.count < count {
            offset = header.creationEnd
            bytes += try part(at: offset, count: count - bytes.count)
        }
        return bytes
    }

    private func part(at offset: UInt64, count: Int) throws(PoolError) -> [UInt8] {
        do {
            return try object.read(at: offset, count: count)
        } catch {
            throw .object(error)
        }
    }

    /// `spa_history_log_to_phys`.
    private func physical(_ offset: UInt64) throws(PoolError) -> UInt64 {
        guard header.creationEnd < header.physicalEnd else {
            throw .format(
                object: object.number,
                FormatError("sh_phys_max_off", .badValue(header.physicalEnd)))
        }
        guard offset >= header.creationEnd else { return offset }
        let size = header.physicalEnd - header.creationEnd
        return (offset - header.creationEnd) % size + header.creationEnd
    }
}
