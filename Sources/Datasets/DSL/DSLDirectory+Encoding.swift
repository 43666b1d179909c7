package import Bytes

extension DSLDirectory {
    package func encode(
        into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.creationTime.write(creationTime, into: &bytes, order)
        try Layout.headDataset.write(headDataset, into: &bytes, order)
        try Layout.parent.write(parent, into: &bytes, order)
        try Layout.origin.write(origin, into: &bytes, order)
        try Layout.childMap.write(childMap, into: &bytes, order)
        try Layout.usedBytes.write(usedBytes, into: &bytes, order)
        try Layout.compressedBytes.write(compressedBytes, into: &bytes, order)
        try Layout.uncompressedBytes.write(uncompressedBytes, into: &bytes, order)
        try Layout.quota.write(quota, into: &bytes, order)
        try Layout.reserved.write(reserved, into: &bytes, order)
        try Layout.properties.write(properties, into: &bytes, order)
        try Layout.delegations.write(delegations, into: &bytes, order)
        try Layout.flags.write(flags, into: &bytes, order)
        try Layout.usedByHead.write(usedByHead, into: &bytes, order)
        try Layout.usedBySnapshots.write(usedBySnapshots, into: &bytes, order)
        try Layout.usedByChildren.write(usedByChildren, into: &bytes, order)
        try Layout.usedByChildReservations.write(usedByChildReservations, into: &bytes, order)
        try Layout.usedByReservation.write(usedByReservation, into: &bytes, order)
        try Layout.clones.write(clones, into: &bytes, order)
    }
}
