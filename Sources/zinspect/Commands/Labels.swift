import ArgumentParser
import Devices
import Report

/// `zinspect labels DEVICE ...`
struct Labels: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the labels, uberblocks and cache header of devices.",
        discussion: """
            Reads the four labels of each device or image file, and of each partition inside it: \
            configuration with its checksum, boot environment, uberblock ring with the checksum of \
            every slot, and how the copies differ. With -v the rings of all four labels are shown \
            in full.
            """)

    @Argument(help: "Devices or image files.", completion: .file())
    var device: [String]

    @OptionGroup var input: DeviceFlags
    @OptionGroup var output: OutputFlags

    func run() throws {
        try CommandRun(name: "labels", flags: output) { output in
            try LabelReading(opener: DeviceOpener(seconds: input.ioTimeout), output: output)
                .run(device)
        }
    }
}
