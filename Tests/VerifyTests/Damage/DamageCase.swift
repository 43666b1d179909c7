import Verify

/// One kind of damage: how it is made, and everything that a check must say of it.
struct DamageCase: Sendable, CustomStringConvertible {
    /// What is damaged, in words.
    let description: String
    /// The pool of `TestPools/` that is damaged.
    let pool: String
    /// The codes that are found, of which the golden list of tested kinds is made.
    let kinds: Set<ProblemKind>
    /// What must be told as not checked, each by a part of its reason or name; nothing else may be.
    let unchecked: [String]
    let depth: ChecksumDepth
    /// Whether the whole of `verify` is run, or only the check of space.
    let isForVerify: Bool
    /// Whether it takes the deep walk.
    let isDeep: Bool
    /// Passphrases or keys that are given, by the datasets that they open.
    let keys: [String: String]
    /// What other books say of the same damage: these are found as well, wherever they stand.
    let consequences: Set<ProblemKind>
    /// Damages the pool, and returns what must be found there: these, and nothing else.
    let damage: @Sendable (EditedPool) throws -> [Found]

    init(
        _ description: String, _ kinds: Set<ProblemKind>, in pool: String = "basic",
        unchecked: [String] = [], depth: ChecksumDepth = .none, isForVerify: Bool = false,
        isDeep: Bool = false, keys: [String: String] = [:], consequences: Set<ProblemKind> = [],
        _ damage: @escaping @Sendable (EditedPool) throws -> [Found]
    ) {
        self.description = description
        self.pool = pool
        self.kinds = kinds
        self.unchecked = unchecked
        self.depth = depth
        self.isForVerify = isForVerify
        self.isDeep = isDeep
        self.keys = keys
        self.consequences = consequences
        self.damage = damage
    }

    /// Damage that takes the whole of `verify` to find.
    static func verify(
        _ description: String, _ kinds: Set<ProblemKind>, in pool: String = "basic",
        unchecked: [String] = [], keys: [String: String] = [:],
        consequences: Set<ProblemKind> = [],
        _ damage: @escaping @Sendable (EditedPool) throws -> [Found]
    ) -> DamageCase {
        DamageCase(
            description, kinds, in: pool, unchecked: unchecked, depth: .all, isForVerify: true,
            keys: keys, consequences: consequences, damage)
    }

    /// Damage that is found only where all copies are read and all is decrypted.
    static func deep(
        _ description: String, _ kinds: Set<ProblemKind>, in pool: String = "basic",
        unchecked: [String] = [], keys: [String: String] = [:],
        consequences: Set<ProblemKind> = [],
        _ damage: @escaping @Sendable (EditedPool) throws -> [Found]
    ) -> DamageCase {
        DamageCase(
            description, kinds, in: pool, unchecked: unchecked, depth: .all, isForVerify: true,
            isDeep: true, keys: keys, consequences: consequences, damage)
    }
}
