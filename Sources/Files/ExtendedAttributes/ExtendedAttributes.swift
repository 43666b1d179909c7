import Bytes
import Objects

/// All extended attributes of a file, from both places where they can be.
///
/// Each one that can't be read is a problem and leaves the others readable. Mirrors `zpl_xattr_list`
/// (`module/os/linux/zfs/zpl_xattr.c`).
package struct ExtendedAttributes: Sendable {
    /// The longest value that is read; Linux itself accepts 64 KiB, illumos any file.
    package static let valueLimit: UInt64 = 16 << 20

    package private(set) var list: [ExtendedAttribute] = []
    package private(set) var problems: [FilesProblem] = []

    /// Reads the attributes of a file; where both places have a name, the system attribute counts.
    package init(of file: File) {
        let changes = file.filesystem.replayed?.extendedAttributes[file.number] ?? [:]
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            if let value { add(name.bytes, value, .systemAttribute) }
        }
        if let packed = file.attributes.extendedAttributes { take(packed, file.number) }
        list.removeAll { attribute in
            changes.contains { $0.value == nil && Self.name($0.key.bytes) == attribute.name }
        }
        let directory = file.attributes.attributeDirectory
        guard directory != 0 else { return }
        do throws(FilesError) {
            try take(directory: directory, of: file)
        } catch {
            problems.append(
                FilesProblem(
                    object: directory,
                    "the extended attributes of object \(file.number) can't be read: \(error)"))
        }
    }

    package subscript(_ name: String) -> [UInt8]? {
        list.first { $0.name == FileName(name) }?.value
    }

    /// The packed nvlist of byte arrays in `ZPL_DXATTR`.
    private mutating func take(_ packed: [UInt8], _ object: UInt64) {
        guard !packed.isEmpty else { return }
        do throws(FormatError) {
            let decoding = try NVList.decode(packed.rawBytes)
            problems += decoding.findings.map {
                FilesProblem(object: object, "extended attributes: \($0.path): \($0.what)")
            }
            for pair in decoding.list.pairs {
                let name = pair.nameBytes.bytes
                switch pair.value {
                case .byteArray(let value), .uint8Array(let value):
                    add(name, value, .systemAttribute)
                default:
                    problems.append(
                        FilesProblem(
                            object: object,
                            "extended attribute \(FileName(name)) is no array of bytes"))
                }
            }
        } catch {
            problems.append(
                FilesProblem(object: object, "the list of extended attributes is damaged: \(error)")
            )
        }
    }

    private mutating func take(directory: UInt64, of file: File) throws(FilesError) {
        let filesystem = file.filesystem
        let (entries, damage) = try filesystem.file(directory).directory().contents()
        problems += damage.map { FilesProblem(object: directory, $0.what) }
        for entry in entries {
            do throws(FilesError) {
                let attribute = try filesystem.file(entry.object)
                let size = attribute.attributes.size
                guard size <= Self.valueLimit else {
                    throw FilesError(.limit("a value of \(size) bytes"))
                }
                let value: [UInt8]
                do {
                    value = try attribute.contents.read(
                        at: 0, count: Int(truncatingIfNeeded: size))
                } catch {
                    throw FilesError(.object(error))
                }
                add(entry.name.bytes, value, .file(entry.object))
            } catch {
                problems.append(
                    FilesProblem(
                        object: entry.object,
                        "extended attribute \(entry.name) can't be read: \(error)"))
            }
        }
    }

    private mutating func add(
        _ stored: [UInt8], _ value: [UInt8], _ place: ExtendedAttribute.Place
    ) {
        let name = Self.name(stored)
        guard !list.contains(where: { $0.name == name }) else { return }
        list.append(ExtendedAttribute(name: name, value: value, place: place))
    }

    /// The name as Linux shows it: what has none of its namespaces belongs to `user`
    /// (`zpl_xattr_permission`).
    private static func name(_ stored: [UInt8]) -> FileName {
        for prefix in ["user.", "security.", "trusted.", "system.", "freebsd:"]
        where stored.starts(with: prefix.utf8) {
            return FileName(stored)
        }
        return FileName(Array("user.".utf8) + stored)
    }
}
