package import Objects

/// The properties that one ZAP sets: a directory's, or a snapshot's own.
///
/// A name can stand for itself, or with a suffix for what it was before: `$recvd` what a received stream set,
/// `$inherit` that a received value is set aside, `$iuv` a value that older software could not know. Mirrors
/// `ZPROP_*_SUFFIX` (`module/zfs/dsl_prop.c`).
package struct StoredProperties: Sendable {
    private var local: [String: PropertyValue] = [:]
    private var received: [String: PropertyValue] = [:]
    private var setAside: Set<String> = []
    private var unknownBefore: [String: PropertyValue] = [:]

    package init(_ values: [String: ZAPValue] = [:]) {
        for (name, value) in values {
            guard let value = PropertyValue(value) else { continue }
            guard let mark = name.lastIndex(of: "$") else {
                local[name] = value
                continue
            }
            let base = String(name[..<mark])
            switch name[mark...] {
            case "$recvd": received[base] = value
            case "$inherit": setAside.insert(base)
            case "$iuv": unknownBefore[base] = value
            default: local[name] = value
            }
        }
    }

    /// What the ZAP says of a property; nil where it leaves it to the dataset above.
    package func value(of name: String) -> (value: PropertyValue, isReceived: Bool)? {
        if let value = unknownBefore[name], isKnown(value, of: name) { return (value, false) }
        if let value = local[name] { return (value, false) }
        if !setAside.contains(name), let value = received[name] { return (value, true) }
        return nil
    }

    /// The names that anything is said of.
    package var names: Set<String> {
        Set(local.keys).union(received.keys).union(unknownBefore.keys)
    }

    private func isKnown(_ value: PropertyValue, of name: String) -> Bool {
        guard case .number(let number) = value,
            case .index(let index) = PropertyDefinition.named(name)?.kind
        else { return false }
        return index.name(of: number) != nil
    }
}

extension PropertyValue {
    /// One integer, or a string; nil for anything else.
    init?(_ value: ZAPValue) {
        if value.integerSize == 8, let number = value.uint64 {
            self = .number(number)
        } else if let text = value.string {
            self = .text(text)
        } else {
            return nil
        }
    }
}
