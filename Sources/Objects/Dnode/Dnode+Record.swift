package import Bytes
import Vdevs

extension Dnode {
    /// Every field, with what it means.
    package var record: Record {
        var record = Record([
            "type": .text("\(type)"), "levels": .number(UInt64(levels)),
            "indirect_block_size": .bytes(UInt64(1) << UInt64(min(63, indirectBlockShift))),
            "data_block_size": .bytes(UInt64(dataBlockSize)),
            "dnode_size": .bytes(UInt64(byteCount)),
            "bonus_type": .text(bonusLength == 0 ? "none" : "\(bonusType)"),
            "bonus_length": .bytes(UInt64(bonusLength)),
            "checksum": .text("\(checksum)"), "compression": .text("\(compression)"),
            "flags": .text("\(flags)"), "maximum_block_id": .number(maximumBlockID),
            "used": .bytes(usedBytes),
            "pointers": .list((0..<Int(pointerCount)).map { .record(pointer($0).record) }),
        ])
        record.add("spill", spillPointer.map { .record($0.record) })
        if isBonusSealed { record.add("bonus_encrypted", .flag(true)) }
        if !problems.isEmpty {
            record.add("problems", .list(problems.map { .text("\($0)") }))
        }
        return record
    }
}

extension Dnode.Flags: CustomStringConvertible {
    /// The names of zdb (`dump_object`).
    package var description: String {
        let known: [(Self, String)] = [
            (.usedBytes, "USED_BYTES"), (.userUsedAccounted, "USERUSED_ACCOUNTED"),
            (.spillPointer, "SPILL_BLKPTR"), (.userObjectUsedAccounted, "USEROBJUSED_ACCOUNTED"),
        ]
        var names = known.filter { contains($0.0) }.map(\.1)
        let rest = rawValue & 0xf0
        if rest != 0 { names.append("0x\(String(rest, radix: 16))") }
        return names.isEmpty ? "none" : names.joined(separator: " ")
    }
}
