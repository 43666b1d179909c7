import Bytes
import Datasets
import Verify

/// What the wrapped keys of encrypted datasets say of the datasets that use them; no key is needed to count or find these.
struct KeyLinks {
    private let problems: [Problem]
    private let graph: DatasetGraph
    private let pool: Pool

    init(_ problems: [Problem], _ graph: DatasetGraph, _ pool: Pool) {
        self.problems = problems
        self.graph = graph
        self.pool = pool
    }

    var steps: [CureStep] {
        problems.compactMap { problem in
            guard let keys = problem.location.object else { return nil }
            switch problem.kind {
            case .keyReferences:
                guard let expected = problem.evidence["expected"]?.unsigned else { return nil }
                return step(problem, keys, "DSL_CRYPTO_REFCOUNT", expected)
            case .keyRoot:
                guard let root = root(of: keys) else { return nil }
                return step(problem, keys, "DSL_CRYPTO_ROOT_DDOBJ", root)
            default: return nil
            }
        }
    }

    private func step(
        _ problem: Problem, _ keys: UInt64, _ name: String, _ word: UInt64
    ) -> CureStep {
        CureStep(
            [problem], cure: DatasetCure.name,
            "Set \(name) of the keys of \(problem.location.dataset ?? "object \(keys)") to \(word)"
        ) { transaction throws(RepairError) in
            try transaction.meta.edit(keys) { zap throws(RepairError) in
                try zap.setWord(name, word)
            }
        }
    }

    /// The nearest directory, from the one that uses the keys upwards, that has a place of the key among its own
    /// properties (as only roots have) and whose keys were wrapped in the same way.
    private func root(of keys: UInt64) -> UInt64? {
        guard let wrapped = keyObject(keys) else { return nil }
        let users = graph.sortedDirectories.filter { $0.fields.cryptoKey == keys }
        // Clones share the keys of their origin, wherever they are.
        guard let user = users.first(where: { $0.stored.origin == 0 }) ?? users.first else {
            return nil
        }
        var next: GraphDirectory? = user
        var seen: Set<UInt64> = []
        while let directory = next, seen.insert(directory.object).inserted {
            guard let own = directory.fields.cryptoKey else { return nil }
            if directory.properties.value(of: "keylocation") != nil {
                guard let other = own == keys ? wrapped : keyObject(own),
                    own == keys || other.rootDirectory == directory.object,
                    other.format == wrapped.format,
                    other.passphraseSalt == wrapped.passphraseSalt,
                    other.iterations == wrapped.iterations
                else { return nil }
                return directory.object
            }
            next = directory.listedBy.flatMap { graph.directories[$0] }
        }
        return nil
    }

    private func keyObject(_ number: UInt64) -> KeyObject? {
        guard let zap = try? pool.meta.zap(number) else { return nil }
        return try? KeyObject(zap)
    }
}
