import Vdevs

extension BlockPointer {
    /// Whether it leads to an object set of the form that was written up to version 14, whose header takes 1024 bytes and
    /// whose fill counts the meta dnode beside the `dnodes`.
    func countsMetaDnode(beside dnodes: UInt64) -> Bool {
        type == .objectSet && logicalSize == 1024 && fill == dnodes &+ 1
    }
}
