import Bytes
import Objects
import Vdevs

extension ObjectAttributes {
    /// Takes the attributes from a bonus of type `DMU_OT_ZNODE`.
    init(znodeOf object: DMUObject) {
        self.init(object: object.number)
        form = .znode
        let bonus = object.bonus
        do throws(FormatError) {
            let znode = try Znode(bonus.rawBytes, object.order)
            accessTime = znode.accessTime
            modificationTime = znode.modificationTime
            changeTime = znode.changeTime
            creationTime = znode.creationTime
            generation = znode.generation
            mode = znode.mode
            size = znode.size
            parent = znode.parent
            links = znode.links
            attributeDirectory = znode.attributeDirectory
            device = DeviceNumber(rawValue: znode.device)
            flags = FileFlags(rawValue: znode.flags)
            user = FUID(rawValue: znode.user)
            group = FUID(rawValue: znode.group)
            acl = .stored(try StoredACL(znode.acl.rawBytes, object.order))
        } catch {
            problems.append(error)
            return
        }
        let rest = bonus.dropFirst(Znode.Layout.byteCount)
        if kind == .symlink, size > 0, size <= UInt64(rest.count) {
            symlinkTarget = [UInt8](rest.prefix(Int(truncatingIfNeeded: size)))
        } else if flags.contains(.hasScanStamp), rest.count >= 32 {
            scanStamp = [UInt8](rest.prefix(32))
        }
    }
}
