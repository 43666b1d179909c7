import Datasets
import Verify

/// Datasets with damage that stays because nobody gave the keys with which it could be cured.
struct LockedDatasets {
    /// One for each dataset, in the order of their names.
    let sentences: [String]

    /// `problems` are those that a plan leaves; counted are those that one of `cures` would see to.
    init(_ problems: [Problem], cures: [any Cure.Type], of pool: Pool) {
        let names = Set(cures.map { $0.name })
        let numbers = Set(
            problems.filter { problem in
                problem.kind.severity.isDamage && problem.kind.cure.map(names.contains) == true
            }
            .compactMap(\.location.objectSet))
        guard let tree = try? pool.datasets() else {
            sentences = []
            return
        }
        let locked = numbers.compactMap { tree.dataset(object: $0) }.filter { dataset in
            guard let key = tree.node(of: dataset)?.fields.cryptoKey else { return false }
            return !dataset.isSnapshot && pool.keys[key] == nil
        }
        sentences = locked.map(\.name).sorted().map(Self.sentence)
    }

    /// What stands in the way of an edit.
    static func sentence(_ name: String) -> String {
        "\(name) is encrypted, and only who has its key can write to it: give it with --key-file \(name)=FILE"
    }
}
