import TestSupport

/// A field that nobody can validate, whatever stands in it, or only within bounds.
///
/// What such a field says, nothing else on disk tells: it is the only place, or any value in its range is right.
struct FieldException: Sendable, CustomStringConvertible {
    /// ZFS's name with the structure, `dnode_phys_t.dn_compress`; a `*` at the end or the start stands for anything.
    let name: String
    /// A part of the owner's name; nil where it holds of all.
    let owner: String?
    /// What was done to it; empty where it holds of all.
    let verbs: Set<String>
    let reason: String

    init(_ name: String, of owner: String? = nil, by verbs: Set<String> = [], _ reason: String) {
        self.name = name
        self.owner = owner
        self.verbs = verbs
        self.reason = reason
    }

    var description: String {
        let ways = verbs.isEmpty ? "" : " by \(verbs.sorted().joined(separator: ", "))"
        return [name, owner].compactMap(\.self).joined(separator: " of ") + ways
    }

    func covers(_ mutation: FieldMutation) -> Bool {
        let isNamed =
            name.hasSuffix("*")
            ? mutation.name.hasPrefix(name.dropLast())
            : name.hasPrefix("*")
                ? mutation.name.hasSuffix(name.dropFirst()) : mutation.name == name
        return isNamed && owner.map(mutation.spot.owner.contains) ?? true
            && (verbs.isEmpty || verbs.contains(mutation.verb.rawValue))
    }
}
