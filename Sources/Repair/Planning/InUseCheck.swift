import Bytes
package import Datasets
package import Devices
import FoundationEssentials
import Glibc
import Vdevs

/// Finds out whether somebody else has the pool, as far as that can be seen from here.
///
/// Block devices are opened exclusively later, which the kernel refuses for an imported pool; files can be opened by anybody,
/// so the kernel's list of imported pools is asked, and the uberblock rings are watched for as long as an import would
/// watch them. Mirrors `spa_activity_check` (`module/zfs/spa.c`).
package struct InUseCheck: Sendable {
    private let pool: Pool
    /// Where the kernel module lists imported pools.
    private static let kernelPools = "/proc/spl/kstat/zfs"

    package init(_ pool: Pool) { self.pool = pool }

    /// Throws where the kernel of this machine has the pool imported.
    package func checkKernel() throws(RepairError) {
        let folder = Self.kernelPools
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            return
        }
        for name in names {
            guard let text = try? String(contentsOfFile: "\(folder)/\(name)/guid", encoding: .utf8),
                let guid = UInt64(text.filter { $0.isNumber }), guid == pool.guid.rawValue
            else { continue }
            throw .inUse("\(pool.name) is imported on this machine as \(name); export it first")
        }
    }

    /// How long the rings are watched, in seconds: an exported pool is nobody's.
    package var watchSeconds: Double {
        if pool.candidate.state == .exported { return 0 }
        let multihost = pool.uberblock.multihost
        guard multihost.isOn, let interval = multihost.interval else { return Self.leastWatch }
        let intervals = Double(max(1, multihost.failIntervals ?? 10))
        return max(Self.leastWatch, min(Self.mostWatch, Double(interval) / 1000 * intervals))
    }

    /// A busy pool commits every five seconds (`zfs_txg_timeout`).
    private static let leastWatch = 6.0
    private static let mostWatch = 120.0

    /// Watches the rings for `seconds`; throws where anything is written to one, and where the user ends it.
    package func watch(
        _ seconds: Double, _ interruption: Interruption = Interruption()
    ) throws(RepairError) {
        guard seconds > 0 else { return }
        let before = rings()
        var left = seconds
        while left > 0 {
            guard !interruption.isRequested else { throw .cancelled }
            let step = min(left, 0.5)
            usleep(UInt32(step * 1_000_000))
            left -= step
            guard rings() == before else {
                throw .inUse(
                    "somebody writes to \(pool.name) right now: its uberblocks changed while they were watched"
                )
            }
        }
    }

    /// All rings of all devices.
    private func rings() -> [[UInt8]] {
        pool.candidate.leafDevices.flatMap { device in
            (0..<LabelPart.labelCount).map { index in
                guard
                    let label = LabelPart.labelOffset(index, deviceSize: device.byteCount),
                    let ring = try? device.read(
                        at: label + UInt64(LabelPart.uberblockRing.range.lowerBound),
                        count: LabelPart.uberblockRing.range.count)
                else { return [] }
                return ring
            }
        }
    }
}
