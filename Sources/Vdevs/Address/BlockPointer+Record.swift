package import Bytes

extension BlockPointer {
    /// Everything that the pointer tells, by kind: a hole, an embedded block and a stored one have
    /// different fields.
    package var record: Record {
        var record = Record()
        if isRedacted {
            record.add("kind", "redacted")
        } else if isEmbedded {
            record.add("kind", "embedded")
            record.add("embedded_type", .number(UInt64(embeddedType)))
        } else if isHole {
            record.add("kind", "hole")
        } else {
            record.add("kind", isGang ? "gang" : "stored")
        }
        record.add("type", .text("\(type)"))
        record.add("level", .number(UInt64(level)))
        record.add("logical_size", .bytes(UInt64(logicalSize)))
        if !isHole && !isRedacted {
            record.add("physical_size", .bytes(UInt64(physicalSize)))
            record.add("compression", .text("\(compression)"))
            record.add("byte_order", .text("\(order)"))
        }
        record.add("logical_birth", .txg(logicalBirth))
        if physicalBirth != logicalBirth { record.add("physical_birth", .txg(physicalBirth)) }
        if isRewritten { record.add("rewritten", .flag(true)) }
        guard !isHole && !isEmbedded else { return record }
        record.add("allocated_size", .bytes(allocatedSize))
        record.add("addresses", .list(addresses.map { .record($0.record) }))
        record.add("fill", .number(fill))
        record.add("checksum_algorithm", .text("\(checksumAlgorithm)"))
        record.add("checksum", .text("\(checksum)"))
        if isEncrypted { record.add("encrypted", .flag(true)) }
        if isAuthenticated { record.add("authenticated", .flag(true)) }
        if isDeduplicated { record.add("dedup", .flag(true)) }
        return record
    }

    /// The copies that are there; of an encrypted pointer the third holds salt and IV instead.
    private var addresses: [DVA] {
        (0..<(isEncrypted ? 2 : 3)).map { dva($0) }.filter { !$0.isEmpty }
    }
}

extension DVA {
    package var record: Record {
        Record([
            "vdev": .number(UInt64(vdev)), "offset": .offset(offset),
            "allocated_size": .bytes(allocatedSize), "gang": .flag(isGang),
        ])
    }
}
