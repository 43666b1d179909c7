import ArgumentParser
import Datasets
import Devices
import Report
import Vdevs
import Verify

/// `zinspect owner POOL BLOCK ...`
struct Owner: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells which dataset, object and file own a piece of a pool's space.",
        discussion: """
            BLOCK is VDEV:OFFSET:SIZE as zdb prints addresses, offset and size in hexadecimal; with \
            --device it is OFFSET:SIZE, in hexadecimal bytes from the start of that device. Walks the whole \
            pool once, whatever is asked for. Where nobody owns the space, the space maps tell whether it \
            is free.
            """)

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @Argument(help: "Pieces of its space: VDEV:OFFSET:SIZE in hexadecimal.")
    var block: [String]

    @Option(
        help: "The blocks are pieces of this device of the pool: OFFSET:SIZE.", completion: .file())
    var device: String?

    @OptionGroup var threads: ThreadFlags
    @OptionGroup var input: PoolFlags
    @OptionGroup var output: OutputFlags

    func run() throws {
        let ranges = try block.map { text in
            guard let address = BlockAddress(device == nil ? text : "0:" + text),
                let range = SpaceRange(address)
            else {
                throw ValidationError(
                    "'\(text)' is no \(device == nil ? "VDEV:OFFSET:SIZE" : "OFFSET:SIZE").")
            }
            return range
        }
        let interruption = Interruption.watch(status: ExitStatus.cancelled.rawValue)
        try CommandRun(name: "owner", flags: output) { output in
            try PoolRun(input).callAsFunction(pool, output) { pool in
                let inquiry = SpaceInquiry(
                    pool, threadCount: threads.count, interruption: interruption)
                let report = OwnerReport(output)
                if let device {
                    let leaf = try leaf(named: device, of: pool)
                    for range in ranges {
                        let piece = DeviceRange(leaf: leaf.guid, bytes: range.bytes)
                        report.show(
                            inquiry.owners(of: piece), of: piece, on: leaf.name,
                            part: DevicePart(at: range.bytes.lowerBound, of: leaf)?.rawValue)
                    }
                } else {
                    for answer in inquiry.answers(for: ranges) { report.show(answer) }
                }
                for note in pool.notes.all { output.finding(Finding(note)) }
                if interruption.isRequested { throw ExitStatus.cancelled }
            }
        }
    }

    private func leaf(named name: String, of pool: Pool) throws -> Leaf {
        let leaves = pool.vdevs.leaves.filter { leaf in
            leaf.name == name || leaf.device?.name == name
                || leaf.device?.name.hasSuffix("/\(name)") == true
        }
        guard leaves.count == 1, let leaf = leaves.first else {
            throw PoolError.absent(
                leaves.isEmpty
                    ? "\(name) is no device of the pool \(pool.name)"
                    : "several devices of the pool \(pool.name) are called \(name)")
        }
        return leaf
    }
}
