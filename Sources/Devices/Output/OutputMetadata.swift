/// What a copy of a file bears beside its contents.
package struct OutputMetadata: Sendable, Hashable {
    /// Permissions with the bits for set-user-ID, set-group-ID and sticky.
    package var permissions: UInt32
    package var user: UInt32
    package var group: UInt32
    package var accessTime: OutputTime
    package var modificationTime: OutputTime
    package var extendedAttributes: [Attribute]

    package struct Attribute: Sendable, Hashable {
        package let name: [UInt8]
        package let value: [UInt8]

        package init(name: [UInt8], value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    package init(
        permissions: UInt32, user: UInt32, group: UInt32, accessTime: OutputTime,
        modificationTime: OutputTime, extendedAttributes: [Attribute] = []
    ) {
        self.permissions = permissions
        self.user = user
        self.group = group
        self.accessTime = accessTime
        self.modificationTime = modificationTime
        self.extendedAttributes = extendedAttributes
    }
}
