import Objects
import Vdevs

/// Records that make, remove and move names.
extension Replayer {
    mutating func create(_ body: LoggedCreation, _ type: LogRecordType) throws(Refusal) {
        try claim(body, type)
        var made = ObjectAttributes(object: body.object)
        made.form = .systemAttributes
        made.mode = body.mode
        made.user = fuid(body.user, body.domains)
        made.group = fuid(body.group, body.domains)
        made.generation = body.generation
        made.accessTime = body.creationTime
        made.modificationTime = body.creationTime
        made.changeTime = body.creationTime
        made.creationTime = body.creationTime
        made.parent = body.directory
        made.device = DeviceNumber(rawValue: body.device)
        made.links = made.kind == .directory ? 2 : 1
        made.size = made.kind == .directory ? 2 : UInt64(body.target?.bytes.count ?? 0)
        made.symlinkTarget = body.target?.bytes
        made.flags = [.hasTrivialACL]
        if made.kind == .regular { made.flags.formUnion([.archive, .virusScanNeeded]) }
        if let optional = body.attributes { apply(optional, to: &made) }
        if let acl = body.acl {
            made.acl = .logged(Self.list(acl))
            made.flags.remove(.hasTrivialACL)
        }
        let parent = try attributes(body.directory)
        if type == .makeAttributeDirectory {
            var owner = parent
            owner.attributeDirectory = body.object
            made.flags.insert(.isExtendedAttribute)
            changes.files[body.directory] = owner
        } else {
            if parent.flags.contains(.inheritsProject), made.project == nil {
                made.project = parent.project
                made.flags.insert(.hasProject)
            }
            try put(
                body.name,
                DirectoryEntry(
                    name: body.name, object: body.object, kind: made.kind), in: body.directory)
        }
        changes.objects[body.object] = DMUObject.standIn(
            body.object, isDirectory: made.kind == .directory, source: base.objectSet.source)
        changes.files[body.object] = made
        changes.contents[body.object] = nil
        changes.extendedAttributes[body.object] = nil
        changes.directories[body.object] =
            made.kind == .directory ? DirectoryChanges(isNew: true) : nil
    }

    mutating func remove(_ body: LoggedRemoval, _ type: LogRecordType) throws(Refusal) {
        guard let entry = try entry(body.name, in: body.directory) else {
            throw Refusal(why: "there is no \(body.name) in directory \(body.directory)")
        }
        let isDirectory = try attributes(entry.object).kind == .directory
        guard isDirectory == (type == .removeDirectory) else {
            throw Refusal(
                why: "\(body.name) is \(isDirectory ? "a directory" : "no directory")")
        }
        try take(entry, from: body.directory)
        try drop(entry)
    }

    mutating func link(_ body: LoggedLink) throws(Refusal) {
        var file = try attributes(body.object)
        guard file.kind != .directory else {
            throw Refusal(why: "object \(body.object) is a directory")
        }
        file.links += 1
        file.parent = body.directory
        try put(
            body.name, DirectoryEntry(name: body.name, object: body.object, kind: file.kind),
            in: body.directory)
        changes.files[body.object] = file
    }

    mutating func rename(_ body: LoggedRename, _ type: LogRecordType) throws(Refusal) {
        guard let source = try entry(body.sourceName, in: body.sourceDirectory) else {
            throw Refusal(
                why: "there is no \(body.sourceName) in directory \(body.sourceDirectory)")
        }
        let target = try entry(body.targetName, in: body.targetDirectory)
        try take(source, from: body.sourceDirectory)
        if let target { try take(target, from: body.targetDirectory) }
        try move(source, to: body.targetName, in: body.targetDirectory)
        switch (type, target) {
        case (.renameExchange, let target?):
            try move(target, to: body.sourceName, in: body.sourceDirectory)
        case (_, let target?) where target.object != source.object: try drop(target)
        default: break
        }
        guard let whiteout = body.whiteout else { return }
        var made = ObjectAttributes(object: whiteout.object)
        made.form = .systemAttributes
        made.mode = whiteout.mode
        made.user = FUID(rawValue: whiteout.user)
        made.group = FUID(rawValue: whiteout.group)
        made.generation = whiteout.generation
        made.accessTime = whiteout.creationTime
        made.modificationTime = whiteout.creationTime
        made.changeTime = whiteout.creationTime
        made.creationTime = whiteout.creationTime
        made.parent = body.sourceDirectory
        made.device = DeviceNumber(rawValue: whiteout.device)
        made.links = 1
        made.flags = [.hasTrivialACL]
        try put(
            body.sourceName,
            DirectoryEntry(name: body.sourceName, object: whiteout.object, kind: made.kind),
            in: body.sourceDirectory)
        changes.objects[whiteout.object] = DMUObject.standIn(
            whiteout.object, isDirectory: false, source: base.objectSet.source)
        changes.files[whiteout.object] = made
    }

    private mutating func move(
        _ entry: DirectoryEntry, to name: FileName, in directory: UInt64
    ) throws(Refusal) {
        var file = try attributes(entry.object)
        file.parent = directory
        try put(
            name, DirectoryEntry(name: name, object: entry.object, kind: entry.kind), in: directory)
        changes.files[entry.object] = file
    }

    /// Adds an entry; a directory in it counts as a link to the one that holds it.
    private mutating func put(
        _ name: FileName, _ entry: DirectoryEntry, in directory: UInt64
    ) throws(Refusal) {
        var parent = try attributes(directory)
        guard parent.kind == .directory else {
            throw Refusal(why: "object \(directory) is no directory")
        }
        parent.size += 1
        if entry.kind == .directory { parent.links += 1 }
        changes.files[directory] = parent
        changes.directories[directory, default: DirectoryChanges()].entries[name] = .some(entry)
    }

    private mutating func take(
        _ entry: DirectoryEntry, from directory: UInt64
    ) throws(Refusal) {
        var parent = try attributes(directory)
        parent.size -= min(parent.size, 1)
        if entry.kind == .directory { parent.links -= min(parent.links, 1) }
        changes.files[directory] = parent
        changes.directories[directory, default: DirectoryChanges()].entries[entry.name] =
            .some(nil)
    }

    /// Takes a link from a file that lost a name.
    private mutating func drop(_ entry: DirectoryEntry) throws(Refusal) {
        var file = try attributes(entry.object)
        file.links -= min(file.links, 1)
        changes.files[entry.object] = file
    }
}
