import Datasets
import Files
import FoundationEssentials
import Repair
import Report

/// One run of a command: sets up its output, turns what it throws into a message and a status.
///
/// Every command goes through here, so that all of them fail, count damage and end alike.
struct CommandRun {
    /// Runs `body`; throws the exit status unless it is 0.
    @discardableResult
    init(name: String, flags: OutputFlags, _ body: (Output) throws -> Void) throws {
        let start = Date()
        let output = Output(
            flags.options(command: name), out: .standardOutput(), diagnostics: .standardError())
        var status: ExitStatus = []
        do {
            try body(output)
        } catch let ended as ExitStatus {
            status.formUnion(ended)
        } catch  where error.isCancellation {
            output.failure(error is RepairError ? "\(error)" : "cancelled")
            status.insert(.cancelled)
        } catch {
            output.failure("\(error)")
            status.insert(.operationalError)
        }
        if output.metDamage { status.insert(.uncorrected) }
        output.summary(exit: status.rawValue, seconds: Date().timeIntervalSince(start))
        output.flush()
        if let failure = output.writeFailure {
            output.failure("the output could not be written: \(failure)")
            output.flush()
            status.insert(.operationalError)
        }
        guard status.isEmpty else { throw status }
    }
}

extension Error {
    /// Whether the user ended the command.
    fileprivate var isCancellation: Bool {
        if let error = self as? FilesError, case .pool(.cancelled) = error.reason { return true }
        if let error = self as? PoolError, case .cancelled = error { return true }
        if let error = self as? RepairError, case .cancelled = error { return true }
        return false
    }
}
