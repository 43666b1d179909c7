package import Objects

/// A volume: a block device made of one object. Mirrors `zvol_state_t` (`module/zfs/zvol.c`).
package struct Volume: Sendable {
    /// `ZVOL_OBJ`: the object that holds the data.
    package static let dataObject: UInt64 = 1
    /// `ZVOL_ZAP_OBJ`: the object that holds the size.
    package static let propertiesObject: UInt64 = 2

    /// Bytes that the volume offers; `volsize`.
    package let size: UInt64
    package let contents: FileReader

    init(size: UInt64, contents: FileReader) {
        self.size = size
        self.contents = contents
    }

    /// Opens the volume in an object set.
    package init(_ set: ObjectSet) throws(FilesError) {
        guard set.type == .volume else { throw FilesError(.notVolume("\(set.type)")) }
        do throws(ObjectError) {
            let properties = try ZAP(try set.object(Self.propertiesObject))
            guard let size = try properties.lookup("size")?.uint64 else {
                throw ObjectError(object: Self.propertiesObject, .noEntry("size"))
            }
            self.size = size
            contents = FileReader(try set.object(Self.dataObject), size: size)
        } catch {
            throw FilesError(.object(error))
        }
    }
}
