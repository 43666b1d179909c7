package import Bytes

/// The block that an object set begins with: the dnode of its dnodes, its log, its type.
///
/// It is 1024 bytes in the first versions, 2048 with user and group accounting, 4096 with projects.
/// Mirrors `objset_phys_t` (`include/sys/dmu_objset.h`).
package struct ObjectSetHeader: Sendable {
    /// The dnode whose data are all other dnodes.
    package let metaDnode: Dnode
    package let intentLog: IntentLogHeader
    package let type: ObjectSetType
    package let flags: Flags
    /// MAC over what a raw send preserves; zeros where the dataset is not encrypted.
    package let portableMAC: [UInt8]
    /// MAC over the accounting dnodes.
    package let localMAC: [UInt8]
    /// Space used by each user, a ZAP; nil where the header has no room for it or it is not allocated.
    package let userUsed: Dnode?
    package let groupUsed: Dnode?
    package let projectUsed: Dnode?
    package let order: ByteOrder
    /// What is wrong with it although the object set can be read.
    package let problems: [FormatError]
    /// The header as stored, 1024, 2048 or 4096 bytes.
    package let bytes: [UInt8]

    /// Decodes a header; throws where it is cut off or its meta dnode can't be followed.
    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        let block = bytes.array
        guard block.count >= Layout.sizes[0] else {
            throw FormatError(
                "objset_phys_t",
                .outOfBounds(
                    OutOfBounds(offset: 0, count: Layout.sizes[0], available: block.count)))
        }
        metaDnode = try Dnode(block: block, at: Layout.metaDnode.range.lowerBound, order)
        intentLog = try IntentLogHeader(bytes.extracting(Layout.intentLog.range), order)
        type = ObjectSetType(rawValue: try Layout.type.read(bytes, order))
        flags = Flags(rawValue: try Layout.flags.read(bytes, order))
        portableMAC = [UInt8](block[Layout.portableMAC.range])
        localMAC = [UInt8](block[Layout.localMAC.range])
        var problems: [FormatError] = []
        userUsed = Self.accounting(Layout.userUsed, block, order, &problems)
        groupUsed = Self.accounting(Layout.groupUsed, block, order, &problems)
        projectUsed = Self.accounting(Layout.projectUsed, block, order, &problems)
        if !metaDnode.isAllocated {
            problems.append(FormatError(Layout.metaDnode.name, .invalid("is not allocated")))
        }
        if !Layout.sizes.contains(block.count) {
            problems.append(
                FormatError("objset_phys_t", .invalid("is \(block.count) bytes long")))
        }
        self.problems = problems
        self.order = order
        self.bytes = block
    }

    private static func accounting(
        _ field: AnyField, _ block: [UInt8], _ order: ByteOrder, _ problems: inout [FormatError]
    ) -> Dnode? {
        guard block.count >= field.range.upperBound else { return nil }
        do {
            let dnode = try Dnode(
                block: [UInt8](block[field.range]), at: 0, order)
            return dnode.isAllocated ? dnode : nil
        } catch {
            problems.append(FormatError("\(field.name).\(error.field)", error.reason))
            return nil
        }
    }
}

extension ObjectSetHeader {
    /// `os_flags`.
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt64
        package init(rawValue: UInt64) { self.rawValue = rawValue }

        /// `OBJSET_FLAG_USERACCOUNTING_COMPLETE`.
        package static let userAccountingComplete = Flags(rawValue: 1 << 0)
        /// `OBJSET_FLAG_USEROBJACCOUNTING_COMPLETE`.
        package static let userObjectAccountingComplete = Flags(rawValue: 1 << 1)
        /// `OBJSET_FLAG_PROJECTQUOTA_COMPLETE`.
        package static let projectQuotaComplete = Flags(rawValue: 1 << 2)
    }
}

extension ObjectSetHeader {
    /// Where a byte of the padding is set, which is always zero; nil where none is (`os_pad0` and `os_pad1`).
    package var firstUsedPadding: Int? {
        for range in Layout.padding {
            let range = range.clamped(to: 0..<bytes.count)
            if let place = bytes[range].firstIndex(where: { $0 != 0 }) { return place }
        }
        return nil
    }
}
