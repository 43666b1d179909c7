import ArgumentParser

/// The options of every command that reads devices.
struct DeviceFlags: ParsableArguments {
    @Option(
        name: .long,
        help: """
            Give up on a device when a read takes longer than this many seconds. Block devices have \
            30 s anyway; image files have no limit unless this is given.
            """)
    var ioTimeout: Double?

    func validate() throws {
        if let ioTimeout, !(ioTimeout > 0 && ioTimeout <= 86_400) {
            throw ValidationError("--io-timeout takes seconds, more than 0 and at most a day.")
        }
    }
}
