package import Bytes
package import Devices

/// A copy-on-write file over the devices of a pool: the pool is seen as what was written there would make it, and its devices
/// stay as they are.
///
/// It holds only as long as the devices below are what it was made for, so each place is compared before it is laid over.
package struct PoolOverlay: Sendable {
    /// The file.
    package let path: String
    package let pool: GUID
    /// The groups that the devices themselves are at, and the pool with the overlay.
    package let oldTxg: TransactionGroup
    package let newTxg: TransactionGroup
    /// What is seen on each device.
    private let patches: [GUID: [Patch]]
    /// The hashes of what stands in those places on the devices themselves, in the same order.
    private let below: [GUID: [String]]

    /// Reads all of a file; throws where it is no overlay, is damaged or not complete.
    package init(path: String) throws(PoolError) {
        let device: FileDevice
        do {
            device = try FileDevice(path: path)
        } catch {
            throw .device(error)
        }
        try self.init(device)
    }

    /// The same from any bytes.
    package init(_ device: any BlockDevice) throws(PoolError) {
        let file = try PatchFile.read(.overlay, device)
        var patches: [GUID: [Patch]] = [:]
        var below: [GUID: [String]] = [:]
        for entry in file.entries {
            let patch = Patch(at: entry.offset, try file.bytes(of: entry))
            patches[entry.device, default: []].append(patch)
            below[entry.device, default: []].append(entry.otherHash)
        }
        path = device.name
        pool = file.pool
        oldTxg = file.oldTxg
        newTxg = file.newTxg
        self.patches = patches
        self.below = below
    }

    /// How many bytes of devices it stands for.
    package var byteCount: UInt64 {
        patches.values.joined().reduce(0) { $0 &+ UInt64($1.bytes.count) }
    }

    /// The devices that it has something for, by the GUIDs that they had without it.
    var devices: [GUID] { patches.keys.sorted { $0.rawValue < $1.rawValue } }

    /// The device with what is seen on it; nil where the overlay has nothing for it, or was made for other contents.
    func laid(over device: any BlockDevice, _ guid: GUID) -> Overlay? {
        guard let patches = patches[guid], let below = below[guid] else { return nil }
        for (patch, hash) in zip(patches, below) {
            guard let found = try? device.read(at: patch.offset, count: patch.bytes.count),
                (try? PatchFile.hash(of: [found])) == hash
            else { return nil }
        }
        return try? Overlay(device, patches: patches)
    }

    /// The pool with the overlay; throws where it is another one, or has been written to since.
    package func laid(over candidate: PoolCandidate) throws(PoolError) -> PoolCandidate {
        var laid = candidate
        for guid in patches.keys {
            guard let device = candidate.devices[guid] else { continue }
            let base = (device as? Overlay)?.base ?? device
            laid.devices[guid] = self.laid(over: base, guid) ?? base
        }
        try confirm(laid)
        return laid
    }

    /// Throws unless the overlay lies over every device of the pool that it has something for.
    func confirm(_ candidate: PoolCandidate) throws(PoolError) {
        guard candidate.guid == pool else {
            throw .ownFile(
                "the overlay \(path) is of the pool with GUID \(pool), not of \(candidate.title)")
        }
        for guid in devices where !(candidate.devices[guid] is Overlay) {
            // In the overlay a device may go by another GUID.
            let isThere = candidate.devices.values.contains { device in
                (device as? Overlay)?.patches == patches[guid]
            }
            if isThere { continue }
            throw .ownFile(
                candidate.devices[guid].map {
                    "\($0.name) has been written to since the overlay \(path) was made"
                } ?? "the device with GUID \(guid), over which \(path) lies, is not there")
        }
    }
}
