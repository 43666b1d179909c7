package import Bytes
import Codecs
import Devices

extension L2ARCLog {
    package var record: Record {
        Record([
            "block_count": .number(UInt64(blocks.count)),
            "buffers": .number(blocks.reduce(0) { $0 + UInt64($1.entryCount) }),
            "end": .text("\(end)"), "blocks": .list(blocks.map { .record($0.record) }),
        ])
    }
}

extension L2ARCLog.Block {
    package var record: Record {
        var record = Record([
            "offset": .offset(pointer.offset), "size": .bytes(pointer.physicalSize),
            "compression": .text("\(pointer.compression)"),
            "buffers": .number(UInt64(entryCount)), "buffer_bytes": .bytes(bufferBytes),
            "payload_start": .offset(pointer.payloadStart),
            "payload_size": .bytes(pointer.payloadSize),
        ])
        record.add("oldest_birth", oldestBirth.map { .txg($0) })
        record.add("newest_birth", newestBirth.map { .txg($0) })
        return record
    }
}

extension L2ARCLog.End: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "nothing is logged"
        case .complete: "all that was not evicted was found"
        case .overwritten: "what comes before was overwritten by newer buffers"
        case .unreadable(let pointer, let error):
            "the log block \(Self.place(pointer)) can't be read: \(error)"
        case .checksum(let pointer, _):
            "the log block \(Self.place(pointer)) does not match its checksum"
        case .undecodable(let pointer, let error):
            "the log block \(Self.place(pointer)) can't be expanded: \(error)"
        case .malformed(let pointer, let error):
            "the log block \(Self.place(pointer)) is none: \(error)"
        case .circle(let pointer):
            "the chain comes back to the log block \(Self.place(pointer))"
        case .tooLong: "the log blocks are longer than the device"
        }
    }

    private static func place(_ pointer: L2ARCLogPointer) -> String {
        "at byte 0x\(String(pointer.offset, radix: 16))"
    }
}
