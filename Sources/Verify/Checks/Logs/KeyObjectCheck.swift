import Bytes
import Datasets
import Objects

/// The wrapped keys of every encrypted dataset, which need no key to be looked at.
struct KeyObjectCheck: Check {
    static let kinds: [ProblemKind] = [.keyObject, .keyReferences, .keyRoot, .vectorSet]

    /// The fewest rounds that OpenZFS makes of a passphrase (`MIN_PBKDF2_ITERATIONS`).
    private static let fewestIterations: UInt64 = 100_000

    func run(_ context: CheckContext) {
        // Whoever reads the tree tells why it can't be read.
        guard let tree = try? context.pool.datasets() else { return }
        let users = Dictionary(grouping: tree.nodes.filter { $0.fields.cryptoKey != nil }) {
            $0.fields.cryptoKey ?? 0
        }
        var objects: [UInt64: KeyObject] = [:]
        for (number, nodes) in users.sorted(by: { $0.key < $1.key }) {
            guard !context.isCancelled else { return }
            do throws(PoolError) {
                let object = try KeyObject(try context.pool.meta.zap(number))
                objects[number] = object
                check(object, nodes, context)
            } catch {
                guard !error.isUnreadableBlock else {
                    context.leaveUnchecked("the keys of \(nodes[0].name)", "\(error)")
                    continue
                }
                report(.keyObject, number, nodes, context, ["cause": .text("\(error)")])
            }
        }
        for (number, object) in objects.sorted(by: { $0.key < $1.key }) {
            checkRoot(of: object, users[number] ?? [], tree, objects, context)
        }
        checkVectorSets(tree, context)
    }

    private func check(_ object: KeyObject, _ users: [DatasetNode], _ context: CheckContext) {
        for problem in object.problems {
            report(.keyObject, object.object, users, context, ["cause": .text(problem)])
        }
        if let flaw = flaw(of: object) {
            report(.keyObject, object.object, users, context, ["cause": .text(flaw)])
        }
        // Key tables of the first releases have no count, and no clones share them.
        let expected = UInt64(users.count)
        if let count = object.referenceCount, count != expected {
            report(
                .keyReferences, object.object, users, context,
                ["expected": .number(expected), "found": .number(count)])
        }
    }

    private func flaw(of object: KeyObject) -> String? {
        guard object.rootDirectory != nil else { return "lacks DSL_CRYPTO_ROOT_DDOBJ" }
        guard object.format == .passphrase else { return nil }
        if object.iterations < Self.fewestIterations {
            return "a passphrase goes through \(object.iterations) rounds only"
        }
        return object.passphraseSalt == 0 ? "a passphrase has no salt" : nil
    }

    /// The root is an encrypted directory that is its own root. It need not stand above: clones keep that of their
    /// origin wherever they are.
    private func checkRoot(
        of object: KeyObject, _ users: [DatasetNode], _ tree: DatasetTree,
        _ objects: [UInt64: KeyObject], _ context: CheckContext
    ) {
        guard let root = object.rootDirectory else { return }
        let flaw: String?
        if let node = tree.node(object: root) {
            if let own = node.fields.cryptoKey {
                let further = objects[own]?.rootDirectory ?? root
                flaw = further == root ? nil : "\(node.name) has another root itself"
            } else {
                flaw = "\(node.name) is not encrypted"
            }
        } else {
            flaw = "there is no such directory"
        }
        guard let flaw else { return }
        report(
            .keyRoot, object.object, users, context,
            ["root": .number(root), "cause": .text(flaw)])
    }

    private func checkVectorSets(_ tree: DatasetTree, _ context: CheckContext) {
        for node in tree.nodes where node.fields.cryptoKey != nil {
            for snapshot in node.snapshots where snapshot.fields.ivsetGUID == nil {
                var location = Location()
                location.dataset = snapshot.name
                location.objectSet = 0
                location.object = snapshot.object
                context.report(Problem(.vectorSet, at: location))
            }
        }
    }

    private func report(
        _ kind: ProblemKind, _ object: UInt64, _ users: [DatasetNode], _ context: CheckContext,
        _ evidence: KeyValuePairs<String, Record.Value>
    ) {
        var location = Location()
        location.dataset = users.map(\.name).min()
        location.objectSet = 0
        location.object = object
        context.report(Problem(kind, at: location, evidence: Record(evidence)))
    }
}

extension PoolError {
    /// Whether a block was missing or failed its checksum, which is told where the block is.
    var isUnreadableBlock: Bool {
        if case .object(let error) = self { error.isUnreadableBlock } else { false }
    }
}
