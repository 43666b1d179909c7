package import Bytes
import Codecs

/// Parts of a label as ZFS would write them, for putting a label right.
extension Label {
    /// The 112 KiB of a configuration for a label at byte `labelOffset` of its device.
    ///
    /// `order` is the byte order of the host that is to seem to have written it. Throws where the list is
    /// damaged or too large.
    package static func configPart(
        _ list: NVList, labelOffset: UInt64, _ order: ByteOrder
    ) throws(FormatError) -> [UInt8] {
        let packed = try list.encodedXDR(order: order)
        let range = LabelPart.config.range
        guard packed.count <= range.count - LabelChecksum.trailerSize else {
            throw FormatError(
                "vp_nvlist", .invalid("can't hold a configuration of \(packed.count) bytes"))
        }
        let part = packed + [UInt8](repeating: 0, count: range.count - packed.count)
        return try sealed(part, at: labelOffset &+ UInt64(range.lowerBound), order)
    }

    /// The 8 KiB of a boot environment for a label at byte `labelOffset` of its device.
    package static func bootEnvironmentPart(
        _ part: BootEnvironment.Part, labelOffset: UInt64
    ) throws(FormatError) -> [UInt8] {
        let range = LabelPart.bootEnvironment.range
        let room = range.count - LabelChecksum.trailerSize
        switch part {
        case .cleared: return [UInt8](repeating: 0, count: range.count)
        case .plain(let bytes):
            let whole = [UInt8](bytes.prefix(range.count))
            return whole + [UInt8](repeating: 0, count: range.count - whole.count)
        case .contents(let bytes, let order):
            let whole = [UInt8](bytes.prefix(room))
            return try sealed(
                whole + [UInt8](repeating: 0, count: range.count - whole.count),
                at: labelOffset &+ UInt64(range.lowerBound), order)
        }
    }

    /// The slot of an uberblock, `1 << slotShift` bytes, for byte `offset` of its device.
    package static func slot(
        _ uberblock: Uberblock, slotShift: Int, at offset: UInt64
    ) throws(FormatError) -> [UInt8] {
        precondition(UberblockRing.shifts.contains(slotShift), "no size of an uberblock slot")
        var slot = [UInt8](repeating: 0, count: 1 << slotShift)
        try uberblock.encode(into: &slot)
        return try sealed(slot, at: offset, uberblock.order)
    }

    private static func sealed(
        _ part: [UInt8], at offset: UInt64, _ order: ByteOrder
    ) throws(FormatError) -> [UInt8] {
        var part = part
        do {
            try EmbeddedChecksum.seal(
                &part, .label, verifier: EmbeddedChecksum.labelVerifier(offset: offset), order)
        } catch {
            throw FormatError("zec_cksum", .invalid("can't be computed: \(error)"))
        }
        return part
    }
}
