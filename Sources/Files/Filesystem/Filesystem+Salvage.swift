package import Objects
import Vdevs

extension Filesystem {
    /// Opens a file system whose master node can't be read, by looking through all its objects.
    ///
    /// The tables of system attributes are known by their type, the root by being its own parent; where there is
    /// none, no path leads anywhere, but files can be had by their numbers. `cause` is why it has to be.
    package static func salvaged(_ set: ObjectSet, _ cause: FilesError) -> Filesystem {
        let tables = number(in: set) { $0.type == .saMasterNode }
        var attributes = SystemAttributes.legacy
        if let tables, let found = try? SystemAttributes(set, tables: tables) {
            attributes = found
        }
        let root = number(in: set) { object in
            guard object.type == .directory, let values = try? attributes.values(of: object)
            else { return false }
            return ObjectAttributes(values, of: object).parent == object.number
        }
        return Filesystem(
            set, root: root ?? 0, attributes,
            FilesProblem(object: masterNode, "the master node can't be read: \(cause)"))
    }

    /// The first object for which `isWanted` says so.
    private static func number(
        in set: ObjectSet, where isWanted: (DMUObject) -> Bool
    ) -> UInt64? {
        struct Found: Error { let number: UInt64 }
        do throws(Found) {
            try set.forEachDnode { visit throws(Found) in
                if case .object(let object) = visit, isWanted(object) {
                    throw Found(number: object.number)
                }
            }
            return nil
        } catch {
            return error.number
        }
    }
}
