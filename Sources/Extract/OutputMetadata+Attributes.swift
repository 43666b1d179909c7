import Devices
import Files

extension OutputMetadata {
    /// What a file of a pool bears, as far as Linux can hold it.
    init(_ attributes: ObjectAttributes, _ extended: ExtendedAttributes?) {
        self.init(
            permissions: UInt32(attributes.permissions), user: attributes.user.identity,
            group: attributes.group.identity, accessTime: OutputTime(attributes.accessTime),
            modificationTime: OutputTime(attributes.modificationTime),
            extendedAttributes: (extended?.list ?? []).map {
                Attribute(name: $0.name.bytes, value: $0.value)
            })
    }
}

extension OutputTime {
    init(_ time: FileTime) {
        self.init(
            seconds: time.seconds,
            nanoseconds: Int64(time.nanoseconds < 1_000_000_000 ? time.nanoseconds : 0))
    }
}
