import Bytes
package import Objects

extension DMUObject {
    /// The object's bonus, taken as a structure of fixed fields.
    package func bonus<Structure: FixedStructure>(
        as type: Structure.Type
    ) throws(PoolError) -> Structure {
        do {
            return try Structure(bonus.rawBytes, order)
        } catch {
            throw .format(object: number, error)
        }
    }
}
