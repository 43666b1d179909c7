/// Which kinds of problem a run looks for: codes or whole families, wanted or left out.
package struct CheckSelection: Sendable {
    private let only: Set<String>
    private let skip: Set<String>

    /// Empty lists mean everything and nothing. Each name is a code (`zap.bad-hash`) or a family (`zap`).
    package init(only: [String] = [], skip: [String] = []) {
        self.only = Set(only)
        self.skip = Set(skip)
    }

    package func includes(_ kind: ProblemKind) -> Bool {
        let names = [kind.code, kind.family]
        guard only.isEmpty || names.contains(where: only.contains) else { return false }
        return !names.contains(where: skip.contains)
    }

    package func includesAny(of kinds: [ProblemKind]) -> Bool { kinds.contains(where: includes) }

    /// Those of `names` that are neither a code nor a family.
    package static func unknown(among names: [String]) -> [String] {
        let known = Set(ProblemKind.catalogue.flatMap { [$0.code, $0.family] })
        return names.filter { !known.contains($0) }
    }
}
