import Datasets
import Foundation
import TestSupport
import Testing

/// Lays out damaged pools for `Scripts/check-kernel`, which repairs them and shows them to a real kernel.
@Suite struct KernelCaseTests {
    private static let folder = ProcessInfo.processInfo.environment["ZINSPECT_KERNEL_CASES"]
    /// The damage that is asked for, by what it is called with `-` for every other character, one a line.
    private static let wanted = (ProcessInfo.processInfo.environment["ZINSPECT_KERNEL_NAMES"] ?? "")
        .split(separator: "\n").map(String.init)

    private static func slug(_ damage: DamageCase) -> String {
        String(damage.description.map { $0.isLetter || $0.isNumber ? $0 : "-" })
    }

    @Test(
        "damaged pools are laid out for the kernel",
        .enabled(if: folder != nil, "make check-kernel runs it"), arguments: wanted)
    func layOut(name: String) throws {
        let folder = try #require(Self.folder)
        let damage = try #require(
            (DamageTests.cases + DamageCase.entangled).first { Self.slug($0) == name },
            "no damage is called \(name)")
        let pool = try EditedPool(damage.pool)
        _ = try damage.damage(pool)
        let place = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: place, withIntermediateDirectories: true)
        try Command.run(
            "cp", "-r", "--sparse=always", "--reflink=auto", pool.path,
            "\(place)/\(try pool.open().name)")
    }
}
