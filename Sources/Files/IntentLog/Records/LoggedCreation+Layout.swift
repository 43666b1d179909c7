package import Bytes

extension LoggedCreation {
    /// Where each field of `lr_create_t` and of `lr_acl_create_t` lies on disk.
    package enum Layout {
        package static let byteCount = 104
        /// With the ACL's numbers.
        package static let byteCountWithACL = 144

        package static let directory = Field<UInt64>("lr_doid", at: 32)
        package static let object = Field<UInt64>("lr_foid", at: 40)
        package static let mode = Field<UInt64>("lr_mode", at: 48)
        package static let user = Field<UInt64>("lr_uid", at: 56)
        package static let group = Field<UInt64>("lr_gid", at: 64)
        package static let generation = Field<UInt64>("lr_gen", at: 72)
        package static let creationTime = AnyField("lr_crtime", 80..<96)
        package static let device = Field<UInt64>("lr_rdev", at: 96)
        package static let aclCount = Field<UInt64>("lr_aclcnt", at: 104)
        package static let domainCount = Field<UInt64>("lr_domcnt", at: 112)
        package static let fuidCount = Field<UInt64>("lr_fuidcnt", at: 120)
        package static let aclByteCount = Field<UInt64>("lr_acl_bytes", at: 128)
        package static let aclFlags = Field<UInt64>("lr_acl_flags", at: 136)

        package static let fields = [
            AnyField(directory), AnyField(object), AnyField(mode), AnyField(user),
            AnyField(group), AnyField(generation), creationTime, AnyField(device),
        ]
        package static let aclFields = [
            AnyField(aclCount), AnyField(domainCount), AnyField(fuidCount),
            AnyField(aclByteCount), AnyField(aclFlags),
        ]
        /// An object number has 48 bits; the highest 8 of its word are the dnode's slots less one.
        package static let objectNumber = BitField(low: 0, count: 48)
        package static let slots = BitField(low: 56, count: 8)
    }

    package static var fields: [AnyField] { Layout.fields }
}
