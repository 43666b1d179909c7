package import Bytes

extension Znode {
    /// Writes the fields into the original bonus; padding and what follows stay as they are.
    package func encode(into bytes: inout [UInt8]) throws(FormatError) {
        let times = [
            (Layout.accessTime, accessTime), (Layout.modificationTime, modificationTime),
            (Layout.changeTime, changeTime), (Layout.creationTime, creationTime),
        ]
        for (field, time) in times {
            let start = field.range.lowerBound
            try Field<Int64>(field.name, at: start).write(time.seconds, into: &bytes, order)
            try Field<UInt64>(field.name, at: start + 8)
                .write(time.nanoseconds, into: &bytes, order)
        }
        try Layout.generation.write(generation, into: &bytes, order)
        try Layout.mode.write(mode, into: &bytes, order)
        try Layout.size.write(size, into: &bytes, order)
        try Layout.parent.write(parent, into: &bytes, order)
        try Layout.links.write(links, into: &bytes, order)
        try Layout.attributeDirectory.write(attributeDirectory, into: &bytes, order)
        try Layout.device.write(device, into: &bytes, order)
        try Layout.flags.write(flags, into: &bytes, order)
        try Layout.user.write(user, into: &bytes, order)
        try Layout.group.write(group, into: &bytes, order)
        bytes.replaceSubrange(Layout.acl.range, with: acl)
    }
}
