import Foundation
import TestSupport
import Testing

/// A pool that lost as many devices as its redundancy covers tells the same as before.
@Suite struct LostDeviceTests {
    /// What happens to a device.
    enum Loss: CaseIterable {
        /// It is not there.
        case missing
        /// Its labels and all else are zeros.
        case zeroed
        /// Its labels are sound, and all between them is other bytes.
        case silentlyWrong
    }

    /// The parts of a dump that do not tell of devices.
    private static let parts = [
        "mos", "datasets", "features", "history", "metaslabs", "properties", "config",
    ]

    /// Pools with the devices that are lost, as many as their parity.
    private static let pools: [(String, [Int])] = [
        ("raidz1", [2]), ("mirror", [0, 2]), ("draid2", [3, 7]), ("expanded", [1]),
        ("raidz3", [4]), ("gangraidz", [0, 2]),
    ]

    @Test("tells the same", arguments: pools.map(\.0), Loss.allCases)
    func sameDump(name: String, loss: Loss) throws {
        let pool = try #require(TestPool.all.first { $0.name == name })
        let lost = try #require(Self.pools.first { $0.0 == name }?.1)
        let whole = try dump(try pool.unpack())
        let folder = try ScratchFolder()
        let copy = "\(folder.path)/pool"
        try Command.run("cp", "-r", "--sparse=always", try pool.unpack(), copy)
        let devices = try FileManager.default.contentsOfDirectory(atPath: copy).sorted()
        for index in lost { try lose("\(copy)/\(devices[index])", loss) }
        #expect(try dump(copy) == whole)
    }

    /// The JSON lines of all parts but the first and the last, which tell of the run.
    private func dump(_ folder: String) throws -> [Substring] {
        let arguments = ["dump", "--json", "-v", folder] + Self.parts
        let run = try Command(Project.executable, arguments)
        #expect(run.status == 0, "\(run.errorText)")
        return run.text.split(separator: "\n").dropFirst().dropLast()
            .filter { !$0.hasPrefix(#"{"type":"finding""#) }
    }

    private func lose(_ path: String, _ loss: Loss) throws {
        switch loss {
        case .missing:
            try FileManager.default.removeItem(atPath: path)
        case .zeroed:
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let size = try #require(attributes[.size] as? UInt64)
            try Command.run("truncate", "-s", "0", path)
            try Command.run("truncate", "-s", "\(size)", path)
        case .silentlyWrong:
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let size = try #require(attributes[.size] as? UInt64)
            // From the end of the front labels to the start of those at the end, in blocks of 256 KiB.
            let count = (size / 262_144) - 2 - 2
            try Command.run(
                "dd", "if=/dev/urandom", "of=\(path)", "bs=256k", "seek=2", "count=\(count)",
                "conv=notrunc", "status=none")
        }
    }
}
