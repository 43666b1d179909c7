import Bytes
import Objects
import Vdevs

extension ObjectAttributes {
    /// Takes the attributes of a file from its bonus and its spill block, of either form.
    init(_ values: AttributeValues, of object: DMUObject) {
        self.init(object: object.number)
        form = object.dnode.bonusType == .znode ? .znode : .systemAttributes
        problems = values.problems
        accessTime = time(.accessTime, values)
        modificationTime = time(.modificationTime, values)
        changeTime = time(.changeTime, values)
        creationTime = time(.creationTime, values)
        generation = word(.generation, values)
        mode = word(.mode, values)
        size = word(.size, values)
        parent = word(.parent, values)
        links = word(.links, values)
        flags = FileFlags(rawValue: word(.flags, values))
        user = FUID(rawValue: word(.user, values))
        group = FUID(rawValue: word(.group, values))
        attributeDirectory = values.extendedAttributes ?? 0
        device = DeviceNumber(rawValue: values.device ?? 0)
        if flags.contains(.hasProject) { project = values.project }
        changeSequence = values.word(.sequence)
        symlinkTarget = values.symbolicLink
        extendedAttributes = values.packedExtendedAttributes
        scanStamp = values.scanStamp
        takeACL(values)
    }

    private mutating func takeACL(_ values: AttributeValues) {
        if let entries = values.aclEntries, let order = values.order(of: .aclEntries) {
            acl = .entries(entries, count: values.aclCount ?? 0, order)
            return
        }
        guard let bytes = values.znodeACL, let order = values.order(of: .znodeACL) else { return }
        do {
            acl = .stored(try StoredACL(bytes.rawBytes, order))
        } catch {
            problems.append(error)
        }
    }

    private mutating func word(_ name: AttributeName, _ values: AttributeValues) -> UInt64 {
        if let word = values.word(name) { return word }
        problems.append(FormatError(name.registeredName, .invalid("is missing")))
        return 0
    }

    private mutating func time(_ name: AttributeName, _ values: AttributeValues) -> FileTime {
        if let seconds = values.word(name, 0), let nanoseconds = values.word(name, 1) {
            return FileTime(seconds: Int64(bitPattern: seconds), nanoseconds: nanoseconds)
        }
        problems.append(FormatError(name.registeredName, .invalid("is missing")))
        return FileTime(seconds: 0, nanoseconds: 0)
    }
}
