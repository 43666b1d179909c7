import Foundation
import TestSupport
import Testing

/// `verify-spacemaps` as its users run it: what it refuses, and how it ends.
@Suite struct VerifySpacemapsTests {
    private static let refusals: [(option: [String], message: String)] = [
        (["--checksums", "some"], "'some' is invalid for '--checksums"),
        (["--threads", "0"], "--threads takes 1 to 256."),
        (["--threads", "257"], "--threads takes 1 to 256."),
        (["--threads", "many"], "'many' is invalid for '--threads"),
        (["--memory", "1M"], "--memory takes 16M or more."),
        (["--memory", "lots"], "'lots' is invalid for '--memory"),
    ]

    @Test("nonsense is refused with its reason", arguments: refusals.indices)
    func refused(index: Int) throws {
        let (option, message) = Self.refusals[index]
        let pool = try TestPool.named("basic").unpack()
        let run = try Command(Project.executable, ["verify-spacemaps", pool] + option)
        #expect(run.status == 16)
        #expect(run.errorText.contains(message), "\(run.errorText)")
        #expect(run.output.isEmpty)
    }

    @Test func `a scratch folder that is not there is named`() throws {
        let pool = try TestPool.named("basic").unpack()
        let run = try Zinspect.run("verify-spacemaps", pool, "--scratch", "/nonexistent/folder")
        #expect(run.status == 8)
        #expect(run.errorText.contains("/nonexistent/folder"), "\(run.errorText)")
        #expect(run.errorText.contains("no such file"), "\(run.errorText)")
    }

    @Test(
        "all depths and threads say the same of a healthy pool",
        arguments: ["none", "metadata", "all"])
    func healthy(depth: String) throws {
        let pool = try TestPool.named("basic").unpack()
        let run = try Zinspect.run(
            "verify-spacemaps", pool, "--checksums", depth, "--threads", "3", "--memory", "16M",
            "--scratch", Project.cache, "--json")
        #expect(run.status == 0, "\(run.errorText)")
        let findings = run.text.split(separator: "\n").filter { $0.contains("\"finding\"") }
        #expect(findings.isEmpty)
    }

    @Test func `a run that is interrupted says what was done and ends with status 32`() throws {
        let pool = try TestPool.named("recsize").unpack()
        // How long it takes until the walk has begun is the machine's business, so the moment is sought.
        var delay = 0.01
        while delay < 20 {
            let run = try Command(
                "sh",
                [
                    "-c",
                    """
                    "$0" verify-spacemaps "$1" --checksums all --threads 1 & \
                    sleep "$2"; kill -INT $!; wait $!
                    """, Project.executable, pool, "\(delay)",
                ])
            if run.status == 32 {
                #expect(run.text.contains("Ended before the comparison"), "\(run.text)")
                return
            }
            delay *= 1.1
        }
        Issue.record("no run could be interrupted")
    }
}
