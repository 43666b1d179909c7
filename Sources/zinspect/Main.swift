import ArgumentParser
import Glibc
import Report

/// Where the process begins: arguments in, exit status out.
@main
struct Main {
    static func main() {
        do {
            var command = try Zinspect.parseAsRoot()
            try command.run()
        } catch let status as ExitStatus {
            exit(status.rawValue)
        } catch {
            end(with: error)
        }
    }

    /// Help and version are answers; everything else that the parser throws is a usage error, which is
    /// 16 here and 64 in the parser's own tradition.
    private static func end(with error: any Error) -> Never {
        let message = Zinspect.fullMessage(for: error)
        let isAnswer = Zinspect.exitCode(for: error) == .success
        let sink = isAnswer ? TextSink.standardOutput() : TextSink.standardError()
        if !message.isEmpty { sink.line(message) }
        sink.flush()
        exit(isAnswer ? 0 : ExitStatus.usage.rawValue)
    }
}
