import Bytes
import Objects

extension ObjectAttributes {
    /// Takes the attributes from a bonus of type `DMU_OT_SA` and its spill block.
    init(
        systemAttributesOf object: DMUObject, _ table: SystemAttributes, _ numbers: AttributeNumbers
    ) {
        self.init(object: object.number)
        form = .systemAttributes
        let values = table.values(of: object)
        problems = values.problems
        takeTimes(values, numbers)
        generation = word("ZPL_GEN", numbers.generation, values)
        mode = word("ZPL_MODE", numbers.mode, values)
        size = word("ZPL_SIZE", numbers.size, values)
        parent = word("ZPL_PARENT", numbers.parent, values)
        links = word("ZPL_LINKS", numbers.links, values)
        flags = FileFlags(rawValue: word("ZPL_FLAGS", numbers.flags, values))
        user = FUID(rawValue: word("ZPL_UID", numbers.user, values))
        group = FUID(rawValue: word("ZPL_GID", numbers.group, values))
        attributeDirectory = optional(numbers.attributeDirectory, values) ?? 0
        device = DeviceNumber(rawValue: optional(numbers.device, values) ?? 0)
        if flags.contains(.hasProject) { project = optional(numbers.project, values) }
        changeSequence = optional(numbers.changeSequence, values)
        symlinkTarget = numbers.symlinkTarget.flatMap { values.bytes(of: $0) }
        extendedAttributes = numbers.extendedAttributes.flatMap { values.bytes(of: $0) }
        scanStamp = numbers.scanStamp.flatMap { values.bytes(of: $0) }
        takeACL(values, numbers)
    }

    private mutating func takeTimes(_ values: AttributeValues, _ numbers: AttributeNumbers) {
        accessTime = time("ZPL_ATIME", numbers.accessTime, values)
        modificationTime = time("ZPL_MTIME", numbers.modificationTime, values)
        changeTime = time("ZPL_CTIME", numbers.changeTime, values)
        creationTime = time("ZPL_CRTIME", numbers.creationTime, values)
    }

    private mutating func takeACL(_ values: AttributeValues, _ numbers: AttributeNumbers) {
        if let number = numbers.aclEntries, let entries = values.bytes(of: number),
            let order = values.order(of: number)
        {
            let count = optional(numbers.aclCount, values) ?? 0
            acl = .entries(entries, count: count, order)
            return
        }
        guard let number = numbers.storedACL, let bytes = values.bytes(of: number),
            let order = values.order(of: number)
        else { return }
        do {
            acl = .stored(try StoredACL(bytes.rawBytes, order))
        } catch {
            problems.append(error)
        }
    }

    private func optional(_ number: UInt16?, _ values: AttributeValues) -> UInt64? {
        number.flatMap { values.word(of: $0) }
    }

    private mutating func word(
        _ name: String, _ number: UInt16?, _ values: AttributeValues
    ) -> UInt64 {
        if let word = optional(number, values) { return word }
        problems.append(FormatError(name, .invalid("is missing")))
        return 0
    }

    private mutating func time(
        _ name: String, _ number: UInt16?, _ values: AttributeValues
    ) -> FileTime {
        let found = number.flatMap { number in
            values.withBytes(of: number) { bytes, order in
                try? FileTime(name, bytes, at: 0, order)
            }
        }
        if let time = found ?? nil { return time }
        problems.append(FormatError(name, .invalid("is missing")))
        return FileTime(seconds: 0, nanoseconds: 0)
    }
}
