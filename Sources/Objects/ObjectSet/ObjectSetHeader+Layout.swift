package import Bytes

extension ObjectSetHeader {
    /// Where each field of `objset_phys_t` lies on disk.
    package enum Layout {
        /// The sizes in bytes that were ever written (`OBJSET_PHYS_SIZE_V1` to `V3`).
        package static let sizes = [1024, 2048, 4096]

        package static let metaDnode = AnyField("os_meta_dnode", 0..<512)
        package static let intentLog = AnyField("os_zil_header", 512..<704)
        package static let type = Field<UInt64>("os_type", at: 704)
        package static let flags = Field<UInt64>("os_flags", at: 712)
        package static let portableMAC = AnyField("os_portable_mac", 720..<752)
        package static let localMAC = AnyField("os_local_mac", 752..<784)
        package static let userUsed = AnyField("os_userused_dnode", 1024..<1536)
        package static let groupUsed = AnyField("os_groupused_dnode", 1536..<2048)
        package static let projectUsed = AnyField("os_projectused_dnode", 2048..<2560)

        /// Where the dnode of an accounting object lies; nil for every other number.
        package static func range(ofAccount number: UInt64) -> Range<Int>? {
            switch number {
            case ObjectSet.userUsedObject: userUsed.range
            case ObjectSet.groupUsedObject: groupUsed.range
            case ObjectSet.projectUsedObject: projectUsed.range
            default: nil
            }
        }

        /// `os_pad0` and `os_pad1`.
        package static let padding = [784..<1024, 2560..<4096]

        package static let fields = [
            metaDnode, intentLog, AnyField(type), AnyField(flags), portableMAC, localMAC,
            userUsed, groupUsed, projectUsed,
        ]
    }
}
