package import Bytes

extension AttributeValues {
    /// The attributes by their registered names: words as such, times as times, the rest as bytes.
    package var record: Record {
        var record = Record()
        for name in names { record.add(recordName(name), recordValue(name)) }
        for other in others {
            record.add(other.definition.name.lowercased(), .data(bytes(other.place)))
        }
        if !problems.isEmpty {
            record.add("problems", .list(problems.map { .text("\($0)") }))
        }
        return record
    }

    /// `ZPL_MODE` without its prefix.
    private func recordName(_ name: AttributeName) -> String {
        String(name.registeredName.dropFirst(4)).lowercased()
    }

    private func recordValue(_ name: AttributeName) -> Record.Value? {
        switch name {
        case .accessTime, .modificationTime, .changeTime, .creationTime:
            guard let seconds = word(name, 0), let nanoseconds = word(name, 1) else { return nil }
            return .instant(seconds: Int64(bitPattern: seconds), nanoseconds: nanoseconds)
        case .mode: return word(name).map { .text("0" + String($0, radix: 8)) }
        case .size: return word(name).map { .bytes($0) }
        case .flags, .device: return word(name).map { .word($0) }
        // An owner of a foreign domain has the domain's index in the upper half.
        case .user, .group: return word(name).map { $0 >> 32 == 0 ? .number($0) : .word($0) }
        case .symbolicLink: return bytes(name).map { .text(String(decoding: $0, as: UTF8.self)) }
        default:
            return name.length == 8 ? word(name).map { .number($0) } : bytes(name).map { .data($0) }
        }
    }
}
