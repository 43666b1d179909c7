package import Bytes
package import Devices
package import Vdevs

extension VdevConfig {
    /// Whether every block of it can be read with these devices, whatever state the pool has them in.
    package func isReadable(with devices: [GUID: any BlockDevice]) -> Bool {
        if kind == .distributedSpare { return true }
        if isLeaf { return guid.map { devices[$0] != nil } ?? false }
        let lost = children.count { !$0.isReadable(with: devices) }
        switch kind {
        case .raidz, .draid: return UInt64(lost) <= parity
        case .mirror, .replacing, .spare: return lost < children.count
        case .missing: return false
        default: return lost == 0
        }
    }
}
