/// The way to the keys of a pool's encrypted datasets: which there are, and what opens them.
///
/// One key opens an encryption root and all that inherits from it. What was opened is kept with the pool, and wiped with it.
package final class Keyring: Sendable {
    private let pool: Pool
    private let tree: DatasetTree

    /// A ring for the datasets of a pool.
    package init(_ pool: Pool) throws(PoolError) {
        self.pool = pool
        tree = try pool.datasets()
    }

    /// The key object of a dataset's directory; nil where it is not encrypted.
    package func keyObject(of node: DatasetNode) throws(PoolError) -> KeyObject? {
        guard let number = node.fields.cryptoKey else { return nil }
        return try KeyObject(try pool.meta.zap(number))
    }

    /// The directory whose key opens a dataset: its own, or that from which it inherits.
    package func encryptionRoot(of node: DatasetNode) throws(PoolError) -> DatasetNode? {
        guard let object = try keyObject(of: node) else { return nil }
        guard let number = object.rootDirectory else { return node }
        return tree.node(object: number)
    }

    /// Opens all datasets that share the encryption root of the named one.
    ///
    /// Returns what is wrong with key objects that the key does not open although it opens others. Throws
    /// where the key has the wrong form or opens none. A key that opens at least one is right, so what it
    /// does not open is damaged; a key that opens none is taken for wrong, since nothing tells it from
    /// damage to the only key object.
    @discardableResult
    package func add(_ key: UserKey, for name: String) throws(PoolError) -> [PoolError] {
        guard let node = tree.node(named: name) else { throw .noSuchDataset(name) }
        return try add(key, for: node)
    }

    /// The same for the dataset of a directory.
    @discardableResult
    package func add(_ key: UserKey, for node: DatasetNode) throws(PoolError) -> [PoolError] {
        let name = node.name
        guard let own = try keyObject(of: node) else {
            throw .absent("the dataset \(name) is not encrypted")
        }
        let root = own.rootDirectory
        let wrapping = try key.wrappingKey(for: own)
        var problems: [PoolError] = []
        var opened: [UInt64: DatasetKey] = [:]
        var refused: [KeyObject] = []
        for number in keyObjects() {
            do throws(PoolError) {
                let object = try KeyObject(try pool.meta.zap(number))
                guard object.rootDirectory == root else { continue }
                if let key = try DatasetKey(object, wrappingKey: wrapping) {
                    opened[number] = key
                } else {
                    refused.append(object)
                }
            } catch {
                problems.append(error)
            }
        }
        guard !opened.isEmpty else {
            throw .wrongKey("the key that was given for \(name) does not open it")
        }
        problems += refused.map {
            .damagedKey($0.object, "is not opened by the key that opens others of its root")
        }
        pool.keys.add(
            opened, openedBy: DatasetKeys.Given(directory: node.object, key: key))
        return problems
    }

    /// The key of a dataset; nil where it is not encrypted or no key was given.
    package func key(of dataset: Dataset) -> DatasetKey? {
        tree.node(of: dataset)?.fields.cryptoKey.flatMap { pool.keys[$0] }
    }

    /// Whether the dataset is encrypted.
    package func isEncrypted(_ dataset: Dataset) -> Bool {
        tree.node(of: dataset)?.fields.cryptoKey != nil
    }

    /// The numbers of all key objects, each once, since clones share theirs.
    private func keyObjects() -> [UInt64] {
        Set(tree.nodes.compactMap(\.fields.cryptoKey)).sorted()
    }
}
