import Blocks
import Bytes
import Objects
import Vdevs

extension DMUObject {
    /// An object without any block, for a file that only a log tells of.
    static func standIn(
        _ number: UInt64, isDirectory: Bool, source: any BlockSource
    ) -> DMUObject? {
        // dn_type, dn_indblkshift, dn_nlevels and dn_nblkptr, then blocks of 128 KiB.
        var bytes = [UInt8](repeating: 0, count: Dnode.slotSize)
        bytes[0] = (isDirectory ? ObjectType.directory : .plainFile).rawValue
        bytes[1] = 17
        bytes[2] = 1
        bytes[3] = 1
        bytes[9] = 1
        do {
            let dnode = try Dnode(bytes.rawBytes, .little)
            return DMUObject(number: number, dnode: dnode, source: source)
        } catch {
            return nil
        }
    }
}
