package import Objects
import Vdevs

extension Filesystem {
    /// The attributes of an object; throws where it has none and so is no file.
    package func attributes(of object: DMUObject) throws(FilesError) -> ObjectAttributes {
        switch object.dnode.bonusType {
        case .znode:
            return ObjectAttributes(znodeOf: object)
        case .systemAttributes:
            guard let systemAttributes, let numbers else {
                throw FilesError(
                    .damaged("the file system's tables of system attributes can't be read"))
            }
            return ObjectAttributes(systemAttributesOf: object, systemAttributes, numbers)
        default:
            throw FilesError(.notFile(object.number))
        }
    }

    /// The object of that number.
    package func object(_ number: UInt64) throws(FilesError) -> DMUObject {
        do {
            return try objectSet.object(number)
        } catch {
            throw FilesError(.object(error))
        }
    }

    /// The file of that number.
    package func file(_ number: UInt64) throws(FilesError) -> File {
        let object = try object(number)
        return File(object, try attributes(of: object), in: self)
    }
}
