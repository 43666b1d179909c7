/// What `zinspect` tells its caller, as the bits of fsck(8). Frozen from the first release.
struct ExitStatus: OptionSet, Error {
    let rawValue: Int32

    /// Problems were corrected.
    static let corrected = ExitStatus(rawValue: 1)
    /// Problems are left: damage was met on the way.
    static let uncorrected = ExitStatus(rawValue: 4)
    /// Something could not be read, written or run at all.
    static let operationalError = ExitStatus(rawValue: 8)
    /// The command line makes no sense.
    static let usage = ExitStatus(rawValue: 16)
    /// The user ended it.
    static let cancelled = ExitStatus(rawValue: 32)
}
