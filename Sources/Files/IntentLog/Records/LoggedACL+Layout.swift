package import Bytes

extension LoggedACL {
    /// Where each field of `lr_acl_t` lies on disk; `lr_acl_v0_t` ends after the count.
    package enum Layout {
        package static let byteCount = 80
        package static let byteCountOld = 48

        package static let object = Field<UInt64>("lr_foid", at: 32)
        package static let count = Field<UInt64>("lr_aclcnt", at: 40)
        package static let domainCount = Field<UInt64>("lr_domcnt", at: 48)
        package static let fuidCount = Field<UInt64>("lr_fuidcnt", at: 56)
        package static let byteCountOfEntries = Field<UInt64>("lr_acl_bytes", at: 64)
        package static let flags = Field<UInt64>("lr_acl_flags", at: 72)
    }

    package static var fields: [AnyField] {
        [
            AnyField(Layout.object), AnyField(Layout.count), AnyField(Layout.domainCount),
            AnyField(Layout.fuidCount), AnyField(Layout.byteCountOfEntries),
            AnyField(Layout.flags),
        ]
    }
}
