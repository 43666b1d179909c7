import Devices

extension OutputFolder {
    /// The folder at a place below this one, opened name by name without following links.
    func descend(_ place: some Collection<[UInt8]>) throws(DeviceError) -> OutputFolder {
        var folder = self
        for name in place { folder = try folder.existingFolder(name) }
        return folder
    }
}
