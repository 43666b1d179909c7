package import Bytes
package import Devices
import FoundationEssentials
import Repair

/// The files that a repair leaves behind, side by side: `tank-91.undo`, `tank-91.certificate` and, where something was given
/// up, `tank-91.damage` and `tank-91.damage.txt`.
///
/// None of them may exist. The certificate is created before the first write, so that it can't fail for its name afterwards.
package struct RepairFiles: Sendable {
    private let stem: String

    /// Beside the undo log, or the overlay where that takes its place, which every group goes into.
    package init(beside destination: RepairCertificate.Destination, txg: TransactionGroup) {
        switch destination {
        case .pool(let undoLog):
            stem = undoLog.hasSuffix(".undo") ? String(undoLog.dropLast(".undo".count)) : undoLog
        case .overlay(let path): stem = "\(path)-\(txg)"
        }
    }

    package var certificate: String { "\(stem).certificate" }
    package var damage: String { "\(stem).damage" }
    package var damageText: String { "\(stem).damage.txt" }

    /// Creates the certificate's file, empty; throws where it or a damage report is there already.
    package func reserve() throws(DeviceError) -> OutputFile {
        for path in [damage, damageText] where FileManager.default.fileExists(atPath: path) {
            throw DeviceError(
                device: path,
                .unsuitable("is there already; move it away, or name another undo log"))
        }
        return try OutputFile.create(certificate)
    }

    /// Takes the empty file away again.
    package func discard() { OutputFile.discard(certificate) }

    /// Writes the certificate into the file that was reserved for it, and the damage report if there is anything to tell;
    /// returns the paths of what was written.
    package func write(
        _ account: RepairCertificate, to file: OutputFile
    ) throws(DeviceError) -> [String] {
        var lines: [UInt8] = []
        for record in account.records {
            JSONRenderer.append(record, to: &lines)
            lines.append(UInt8(ascii: "\n"))
        }
        try file.write(lines.rawBytes, at: 0)
        try file.flush()
        let losses = account.losses
        guard !losses.isEmpty else { return [certificate] }
        var damage: [UInt8] = []
        for loss in losses {
            JSONRenderer.append(loss.record, to: &damage)
            damage.append(UInt8(ascii: "\n"))
        }
        try OutputFile.create(self.damage).write(damage.rawBytes, at: 0)
        let text = account.lossLines.map { $0.printable + "\n" }.joined()
        let bytes = [UInt8](text.utf8)
        try OutputFile.create(damageText).write(bytes.rawBytes, at: 0)
        return [certificate, self.damage, damageText]
    }
}
