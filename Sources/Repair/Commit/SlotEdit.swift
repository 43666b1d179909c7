package import Bytes
package import Vdevs

/// A slot of an uberblock ring that a commit puts right beside its own.
package struct SlotEdit: Sendable, Hashable {
    /// The leaf.
    package let device: GUID
    /// 0 to 3.
    package let label: Int
    package let slot: Int
    /// What is to stand there; nil for an empty slot.
    package let uberblock: Uberblock?

    package init(_ device: GUID, label: Int, slot: Int, _ uberblock: Uberblock?) {
        self.device = device
        self.label = label
        self.slot = slot
        self.uberblock = uberblock
    }

    /// The slot for byte `offset` of its device, with its checksum.
    func bytes(slotShift: Int, at offset: UInt64) throws(RepairError) -> [UInt8] {
        guard let uberblock else { return [UInt8](repeating: 0, count: 1 << slotShift) }
        return try RepairError.format(of: nil) { () throws(FormatError) in
            try Label.slot(uberblock, slotShift: slotShift, at: offset)
        }
    }
}
