import Synchronization
import SystemPackage

/// Opens paths as devices, with the time limits that their kind asks for.
///
/// Block devices are opened and read within a limit, 30 s unless `--io-timeout` says otherwise. Regular files
/// are read directly unless `--io-timeout` is given, since a limit costs each read a change of threads.
package final class DeviceOpener: Sendable {
    /// So many opens may be stuck before the opener refuses further block devices.
    private static let maximumStuck = 16

    /// What `--io-timeout` says, in seconds.
    private let seconds: Double?
    private let stuck = Atomic<Int>(0)

    package init(seconds: Double? = nil) { self.seconds = seconds }

    /// Opens `path`; throws what `FileDevice` throws, and `timedOut` where opening takes too long.
    package func open(_ path: String) throws(DeviceError) -> any BlockDevice {
        guard let limit = try limit(for: path) else { return try FileDevice(path: path) }
        guard stuck.load(ordering: .relaxed) < Self.maximumStuck else {
            throw DeviceError(device: path, .hung)
        }
        let opened = TimeLimit.run(
            seconds: limit, returned: { self.release() }, { FileDevice.opening(path) })
        guard let opened else {
            stuck.wrappingAdd(1, ordering: .relaxed)
            throw DeviceError(device: path, .timedOut(seconds: limit))
        }
        return TimedDevice(try opened.get(), seconds: limit)
    }

    private func release() { stuck.wrappingSubtract(1, ordering: .relaxed) }

    /// The limit in seconds for what stands at `path`, if any.
    private func limit(for path: String) throws(DeviceError) -> Double? {
        if let seconds { return seconds }
        return try FileIdentity(path: path).isBlockDevice ? TimedDevice.defaultSeconds : nil
    }
}
