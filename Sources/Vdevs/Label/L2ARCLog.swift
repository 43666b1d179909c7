package import Bytes
package import Codecs
package import Devices

/// The log of a cache device, from which its index is rebuilt after a restart: newest block first.
///
/// Two chains of log blocks take turns; the header points to the heads of both. Mirrors `l2arc_rebuild`,
/// `l2arc_log_blk_read` and `l2arc_log_blkptr_valid` (`module/zfs/arc.c`).
package struct L2ARCLog: Sendable, Hashable {
    package let blocks: [Block]
    package let end: End

    /// One log block, in sums.
    package struct Block: Sendable, Hashable {
        package let pointer: L2ARCLogPointer
        package let entryCount: Int
        /// What the buffers take that it tells of, in bytes on the device.
        package let bufferBytes: UInt64
        package let oldestBirth: TransactionGroup?
        package let newestBirth: TransactionGroup?
    }

    /// Why there are no further blocks.
    package enum End: Sendable, Hashable {
        /// No log block was ever written, or all were evicted.
        case empty
        /// What comes next was evicted, or never written: the log is complete.
        case complete
        /// The next block's buffers were overwritten by newer ones.
        case overwritten
        case unreadable(L2ARCLogPointer, DeviceError)
        case checksum(L2ARCLogPointer, found: Checksum)
        case undecodable(L2ARCLogPointer, CodecError)
        case malformed(L2ARCLogPointer, FormatError)
        /// The chain comes back to a block that was read before.
        case circle(L2ARCLogPointer)
        /// The blocks together are longer than the device.
        case tooLong
    }

    /// Follows the log of a cache device with that header.
    package init(_ header: L2ARCHeader, on device: any BlockDevice) {
        var walk = Walk(header: header, device: device)
        end = walk.run()
        blocks = walk.blocks
    }
}

extension L2ARCLog {
    /// A log on its way from block to block.
    private struct Walk {
        let header: L2ARCHeader
        let device: any BlockDevice
        var blocks: [Block] = []

        /// The most memory that one log may take.
        private static let blockLimit = 1 << 20

        mutating func run() -> End {
            guard header.logPointers.count == 2 else { return .empty }
            var (next, later) = (header.logPointers[0], header.logPointers[1])
            var seen: Set<UInt64> = []
            var left = header.end > header.start ? header.end - header.start : 0
            while isValid(next) {
                guard seen.insert(next.offset).inserted else { return .circle(next) }
                guard next.physicalSize <= left, blocks.count < Self.blockLimit else {
                    return .tooLong
                }
                left -= next.physicalSize
                let block: L2ARCLogBlock
                switch read(next) {
                case .success(let found): block = found
                case .failure(let stop): return stop.end
                }
                blocks.append(Block(next, block.entries))
                let isWrapped = Self.contains(
                    header.evicted, from: later.payloadStart, through: next.payloadStart)
                if isWrapped, !header.isFirstSweep { return .overwritten }
                (next, later) = (later, block.previous)
            }
            return blocks.isEmpty ? .empty : .complete
        }

        /// Whether the block lies in the range in use and neither it nor its buffers were evicted.
        private func isValid(_ pointer: L2ARCLogPointer) -> Bool {
            let (past, overflow) = pointer.offset.addingReportingOverflow(pointer.physicalSize)
            guard !overflow, pointer.physicalSize <= UInt64(L2ARCLogBlock.byteCount),
                pointer.payloadStart >= header.start, pointer.offset >= header.start,
                past - 1 <= header.end
            else { return false }
            let (first, last) = (pointer.payloadStart, past - 1)
            // On the first sweep only what lies below the writing hand was ever written.
            if header.isFirstSweep { return last < header.hand }
            return !Self.contains(header.hand, from: first, through: last)
                && !Self.contains(header.evicted, from: first, through: last)
                && !Self.contains(first, from: header.hand, through: header.evicted)
                && !Self.contains(last, from: header.hand, through: header.evicted)
        }

        /// Whether a place lies in a range that may wrap round the end of the device
        /// (`l2arc_range_check_overlap`).
        private static func contains(_ place: UInt64, from low: UInt64, through high: UInt64)
            -> Bool
        {
            if low < high { return low <= place && place <= high }
            if low > high { return place <= high || low <= place }
            return place == high
        }

        private func read(_ pointer: L2ARCLogPointer) -> Result<L2ARCLogBlock, Stop> {
            let stored: [UInt8]
            do {
                // Sound: isValid() bounded the size by that of a log block.
                stored = try device.read(
                    at: pointer.offset, count: Int(truncatingIfNeeded: pointer.physicalSize))
            } catch {
                return .failure(Stop(end: .unreadable(pointer, error)))
            }
            let expanded: [UInt8]
            do {
                let found = try ChecksumAlgorithm.fletcher4.compute(
                    stored.rawBytes, header.order)
                guard found == pointer.checksum else {
                    return .failure(Stop(end: .checksum(pointer, found: found)))
                }
                expanded = try expand(stored, pointer.compression)
            } catch {
                return .failure(Stop(end: .undecodable(pointer, error)))
            }
            do {
                return .success(
                    try L2ARCLogBlock(expanded.rawBytes, entryCount: header.logEntries))
            } catch {
                return .failure(Stop(end: .malformed(pointer, error)))
            }
        }

        private func expand(
            _ stored: [UInt8], _ compression: CompressionAlgorithm
        ) throws(CodecError) -> [UInt8] {
            switch compression {
            // The field is left as it was where a log block did not get smaller.
            case .off, .inherit: return stored
            case .lz4:
                return try compression.decompress(
                    stored.rawBytes, expectedCount: L2ARCLogBlock.byteCount)
            default: throw .unknownAlgorithm("compression \(compression) of a log block")
            }
        }

        /// Carries an end out of a read.
        private struct Stop: Error { let end: End }
    }
}

extension L2ARCLog.Block {
    fileprivate init(_ pointer: L2ARCLogPointer, _ entries: [L2ARCLogEntry]) {
        self.pointer = pointer
        entryCount = entries.count
        // Sound: 1022 entries of at most 32 MiB each.
        bufferBytes = entries.reduce(0) { $0 + $1.physicalSize }
        oldestBirth = entries.map(\.birth).min()
        newestBirth = entries.map(\.birth).max()
    }
}

extension L2ARCHeader {
    /// Where the next buffer would be written: behind the newest log block, in bytes on the device.
    fileprivate var hand: UInt64 {
        guard let newest = logPointers.first else { return start }
        let (hand, overflow) = newest.offset.addingReportingOverflow(newest.physicalSize)
        return max(overflow ? .max : hand, start)
    }

    /// Up to where buffers were evicted to make room.
    fileprivate var evicted: UInt64 { max(evict, start) }

    /// The device was never written to its end (`L2ARC_DEV_HDR_EVICT_FIRST`).
    package var isFirstSweep: Bool { flags & 1 != 0 }
}
