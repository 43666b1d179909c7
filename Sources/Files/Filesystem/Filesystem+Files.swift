package import Objects

extension Filesystem {
    /// The attributes of an object; throws where it has none and so is no file.
    package func attributes(of object: DMUObject) throws(FilesError) -> ObjectAttributes {
        if let replayed = replayed?.files[object.number] { return replayed }
        do throws(ObjectError) {
            return ObjectAttributes(try systemAttributes.values(of: object), of: object)
        } catch {
            switch error.reason {
            case .wrongType: throw FilesError(.notFile(object.number))
            case .sealed: throw FilesError(.noKey)
            default: throw FilesError(.object(error))
            }
        }
    }

    /// The object of that number.
    package func object(_ number: UInt64) throws(FilesError) -> DMUObject {
        if let made = replayed?.objects[number] { return made }
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
