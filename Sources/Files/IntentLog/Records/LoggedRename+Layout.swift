package import Bytes

extension LoggedRename {
    /// Where each field of `lr_rename_t` and of `lr_rename_whiteout_t` lies on disk.
    package enum Layout {
        package static let byteCount = 48
        package static let byteCountWithWhiteout = 112

        package static let sourceDirectory = Field<UInt64>("lr_sdoid", at: 32)
        package static let targetDirectory = Field<UInt64>("lr_tdoid", at: 40)
        package static let whiteoutObject = Field<UInt64>("lr_wfoid", at: 48)
        package static let whiteoutMode = Field<UInt64>("lr_wmode", at: 56)
        package static let whiteoutUser = Field<UInt64>("lr_wuid", at: 64)
        package static let whiteoutGroup = Field<UInt64>("lr_wgid", at: 72)
        package static let whiteoutGeneration = Field<UInt64>("lr_wgen", at: 80)
        package static let whiteoutTime = AnyField("lr_wcrtime", 88..<104)
        package static let whiteoutDevice = Field<UInt64>("lr_wrdev", at: 104)

        package static let whiteoutFields = [
            AnyField(whiteoutObject), AnyField(whiteoutMode), AnyField(whiteoutUser),
            AnyField(whiteoutGroup), AnyField(whiteoutGeneration), whiteoutTime,
            AnyField(whiteoutDevice),
        ]
    }

    package static var fields: [AnyField] {
        [AnyField(Layout.sourceDirectory), AnyField(Layout.targetDirectory)]
    }
}
