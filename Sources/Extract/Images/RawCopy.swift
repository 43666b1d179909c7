import Bytes
package import Devices

/// A folder that gets a sparse file for each device, as long as the device.
///
/// The folder must be empty or missing, so that nothing is ever overwritten.
package final class RawCopy: ImageSink {
    private var files: [OutputFile] = []

    package init(_ header: ImageHeader, folder path: String) throws(DeviceError) {
        let folder = try OutputFolder.open(path)
        guard try folder.isEmpty() else {
            throw DeviceError(device: path, .unsuitable("is not empty"))
        }
        for device in header.devices {
            let file = try folder.createFile([UInt8](device.name.utf8))
            try file.setByteCount(device.size)
            files.append(file)
        }
    }

    package func write(
        _ bytes: [UInt8], device: Int, at offset: UInt64
    ) throws(DeviceError) {
        try files[device].write(bytes.rawBytes, at: offset)
    }

    package func finish() throws(DeviceError) {
        for file in files { try file.flush() }
    }
}
