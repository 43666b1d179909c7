package import Bytes

extension ObjectSetHeader {
    package var record: Record {
        var record = Record([
            "type": .text("\(type)"), "size": .bytes(UInt64(bytes.count)),
            "flags": .text("\(flags)"), "byte_order": .text("\(order)"),
        ])
        if portableMAC.contains(where: { $0 != 0 }) {
            record.add("portable_mac", .data(portableMAC))
            record.add("local_mac", .data(localMAC))
        }
        record.add("meta_dnode", .record(metaDnode.record))
        record.add("user_used", userUsed.map { .record($0.record) })
        record.add("group_used", groupUsed.map { .record($0.record) })
        record.add("project_used", projectUsed.map { .record($0.record) })
        if !problems.isEmpty {
            record.add("problems", .list(problems.map { .text("\($0)") }))
        }
        return record
    }
}

extension ObjectSetHeader.Flags: CustomStringConvertible {
    package var description: String {
        let known: [(Self, String)] = [
            (.userAccountingComplete, "user_accounting_complete"),
            (.userObjectAccountingComplete, "user_object_accounting_complete"),
            (.projectQuotaComplete, "project_quota_complete"),
        ]
        var names = known.filter { contains($0.0) }.map(\.1)
        let rest = rawValue & ~7
        if rest != 0 { names.append("0x\(String(rest, radix: 16))") }
        return names.isEmpty ? "none" : names.joined(separator: " ")
    }
}
