import Devices
import Foundation
import TestSupport
import Testing

@Suite struct DeviceScanTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func `takes the files of a folder, each once, and nothing else`() throws {
        let files = FileManager.default
        let one = try folder.write("one.img", [1])
        try folder.write("two.img", [2])
        try files.createSymbolicLink(
            atPath: "\(folder.path)/three.img", withDestinationPath: one)
        try files.createSymbolicLink(
            atPath: "\(folder.path)/broken.img", withDestinationPath: "/does/not/exist")
        try files.createDirectory(
            atPath: "\(folder.path)/inner", withIntermediateDirectories: false)
        try Command.run("mkfifo", "\(folder.path)/pipe")
        let scan = DeviceScan([folder.path])
        #expect(names(scan) == ["one.img", "two.img"])
        #expect(scan.entries.allSatisfy { !$0.isNamed })
        #expect(scan.failures.isEmpty)
    }

    @Test func `keeps the order of the paths and remembers which were named`() throws {
        let two = try folder.write("two.img", [2])
        try folder.write("one.img", [1])
        let scan = DeviceScan([two, folder.path])
        #expect(names(scan) == ["two.img", "one.img"])
        #expect(scan.entries.map(\.isNamed) == [true, false])
        #expect(DeviceScan([folder.path, two]).entries.map(\.isNamed) == [false, true])
    }

    @Test func `a path that leads nowhere is told when it is opened`() {
        let path = "\(folder.path)/no.img"
        let scan = DeviceScan([path])
        let messages = scan.map(WorkerPool(threadCount: 2), DeviceOpener()) { _, device in
            if case .failure(let error) = device { error.description } else { "opened" }
        }
        #expect(messages == ["\(path) cannot be opened: there is no such file or device"])
        #expect(DeviceScan([path], isOptional: true).entries.isEmpty)
    }

    @Test func `a folder that cannot be listed is told`() throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0], ofItemAtPath: folder.path)
        let scan = Unprivileged.run { DeviceScan([folder.path]) }
        #expect(scan.failures.map(\.device) == [folder.path])
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700], ofItemAtPath: folder.path)
    }

    @Test func `opens many files side by side and keeps their order`() throws {
        for index in 0..<300 {
            try folder.write("\(1000 + index).img", [UInt8](repeating: 7, count: index + 1))
        }
        let sizes = DeviceScan([folder.path])
            .map(WorkerPool(threadCount: 8), DeviceOpener()) { _, device in
                if case .success(let device) = device { device.byteCount } else { UInt64(0) }
            }
        #expect(sizes == (1...300).map { UInt64($0) })
    }

    @Test func `below dev only block devices are taken`() throws {
        for path in try DeviceFolders.candidates(in: "/dev") {
            #expect(try FileIdentity(path: path).isBlockDevice)
        }
    }

    private func names(_ scan: DeviceScan) -> [String] {
        scan.entries.map { URL(fileURLWithPath: $0.path).lastPathComponent }
    }
}
