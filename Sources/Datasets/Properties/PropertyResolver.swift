import Bytes

/// Finds the value of each property of a dataset: its own, or that of the nearest dataset above.
///
/// Mirrors `dsl_prop_get_ds` (`module/zfs/dsl_prop.c`) and, for mount points, `zfs_prop_get`
/// (`lib/libzfs/libzfs_dataset.c`).
package struct PropertyResolver: Sendable {
    /// The nodes from the dataset's own up to the root, each with what its ZAP sets.
    let chain: [(name: String, properties: StoredProperties)]
    /// What a snapshot's own ZAP sets; nil for a head.
    let snapshot: StoredProperties?
    let dataset: Dataset

    package init(_ dataset: Dataset, in tree: DatasetTree, _ meta: MetaObjects) {
        self.dataset = dataset
        var chain: [(String, StoredProperties)] = []
        var name = dataset.name.split(separator: "@", maxSplits: 1).first.map(String.init) ?? ""
        while let node = tree.node(named: name) {
            chain.append((name, Self.stored(node.directory.properties, of: name, meta)))
            guard let slash = name.lastIndex(of: "/") else { break }
            name = String(name[..<slash])
        }
        self.chain = chain
        snapshot =
            dataset.isSnapshot
            ? Self.stored(dataset.stored.snapshotProperties, of: dataset.name, meta) : nil
    }

    private static func stored(
        _ object: UInt64, of name: String, _ meta: MetaObjects
    ) -> StoredProperties {
        object == 0
            ? StoredProperties()
            : StoredProperties(meta.values(of: object, "properties of \(name)"))
    }

    /// The native properties that the kind of dataset has and the user properties that reach it.
    package func all(_ kind: DatasetKinds) -> [Property] {
        var properties: [Property] = []
        for definition in PropertyDefinition.all where !definition.kinds.isDisjoint(with: kind) {
            properties.append(native(definition))
        }
        var names = snapshot?.names ?? []
        for (_, stored) in chain { names.formUnion(stored.names) }
        for name in names.sorted() where name.contains(":") {
            if let found = lookup(name, inherits: true) {
                properties.append(
                    Property(name: name, value: found.value, source: found.source))
            }
        }
        return properties
    }

    /// The value of a native property.
    package func native(_ definition: PropertyDefinition) -> Property {
        let found = lookup(
            definition.name, inherits: definition.inheritance == .inherited)
        let value = found?.value ?? definition.standard
        let source = found?.source ?? .standard
        guard definition.name != "mountpoint" else {
            return Property(
                name: definition.name, value: value, text: mountPoint(value, source),
                source: source)
        }
        return Property(
            name: definition.name, value: value, text: definition.text(of: value), source: source)
    }

    private func lookup(
        _ name: String, inherits: Bool
    ) -> (value: PropertyValue, source: PropertySource)? {
        if let own = snapshot?.value(of: name) {
            return (own.value, own.isReceived ? .received : .local)
        }
        for (index, place) in chain.enumerated() {
            let isOwn = index == 0 && snapshot == nil
            guard isOwn || inherits else { return nil }
            guard let found = place.properties.value(of: name) else { continue }
            if isOwn { return (found.value, found.isReceived ? .received : .local) }
            return (found.value, .inherited(from: place.name))
        }
        return nil
    }

    /// An inherited mount point goes on with the names below the dataset that sets it.
    private func mountPoint(_ value: PropertyValue, _ source: PropertySource) -> String {
        let text = value.description
        let own = chain.first?.name ?? dataset.name
        let setter: String
        switch source {
        case .inherited(let name): setter = name
        case .standard: return "/" + own
        default: return text
        }
        guard text != "none", text != "legacy", own.hasPrefix(setter) else { return text }
        let rest = own.dropFirst(setter.count)
        return (text == "/" ? "" : text) + rest
    }
}
