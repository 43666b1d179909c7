import Bytes
import Codecs
package import Datasets
package import Devices
import FoundationEssentials
import Synchronization
import Vdevs

/// What a run of `verify` has proven so far, kept in a file so that a later run can go on after an interruption.
///
/// Reading the contents of files and volumes is what takes hours; everything else is read again, so that a run that went on
/// finds what one without an interruption finds. A dataset or snapshot is noted when all its blocks were read, and only
/// where nothing was found wrong: what was is read again, and told again.
package final class VerifyState: Sendable {
    /// The state of which pool it is, and what was read of it.
    private struct Content: Codable {
        let pool: UInt64
        let txg: UInt64
        /// The checksum of the meta object set, which tells this state from all others.
        let root: [UInt64]
        let depth: String
        /// The datasets, by their objects in the MOS.
        var proven: [UInt64]
    }

    private let path: String
    /// What earlier runs have proven.
    package let proven: Set<UInt64>
    private let content: Mutex<Content>
    private let problem = Mutex<DeviceError?>(nil)
    private static let mark = "zinspect verify state 1\n"

    /// Reads the file, or begins a new one where there is none.
    ///
    /// Throws where it is of another pool, group or depth, or no such file at all.
    package init(path: String, _ pool: Pool, depth: VerifyDepth) throws(DeviceError) {
        self.path = path
        try ReportFile(path: path, mark: Self.mark).check()
        let root = pool.uberblock.rootPointer.checksum
        let own = Content(
            pool: pool.guid.rawValue, txg: pool.txg.rawValue,
            root: [root.word0, root.word1, root.word2, root.word3], depth: "\(depth)",
            proven: [])
        let earlier = try Self.read(path)
        if let earlier { try Self.compare(earlier, own, path, pool) }
        proven = Set(earlier?.proven ?? [])
        content = Mutex(earlier ?? own)
    }

    private static func read(_ path: String) throws(DeviceError) -> Content? {
        guard let data = FileManager.default.contents(atPath: path),
            data.count > mark.utf8.count
        else { return nil }
        do {
            return try JSONDecoder().decode(Content.self, from: data.dropFirst(mark.utf8.count))
        } catch {
            throw DeviceError(
                device: path, .unsuitable("is a damaged state of verify; remove it to begin anew"))
        }
    }

    private static func compare(
        _ earlier: Content, _ own: Content, _ path: String, _ pool: Pool
    ) throws(DeviceError) {
        let cause: String
        if earlier.pool != own.pool {
            cause = "is of the pool with GUID \(earlier.pool), not of \(pool.name) (\(pool.guid))"
        } else if earlier.txg != own.txg || earlier.root != own.root {
            cause =
                "is of txg \(earlier.txg), and the pool is at txg \(own.txg): what was proven then may have changed; "
                + "give --txg \(earlier.txg) to go on with that state, or remove the file to begin anew"
        } else if earlier.depth != own.depth {
            cause = "is of a run of another depth (\(earlier.depth)); give the same options"
        } else {
            return
        }
        throw DeviceError(device: path, .unsuitable(cause))
    }

    /// Why the file could not be written, if it could not.
    package var failure: DeviceError? { problem.withLock { $0 } }

    /// Notes datasets of which every block was read; those that `found` is about are not noted.
    func note(_ datasets: [UInt64], found: ProblemList) {
        let damaged = Set(found.all.map(\.location.objectSet))
        guard found.omittedCount == 0 else { return }
        let sound = datasets.filter { !damaged.contains($0) && !proven.contains($0) }
        guard !sound.isEmpty else { return }
        let saved = content.withLock { content in
            content.proven += sound
            return content
        }
        do {
            let data = try JSONEncoder().encode(saved)
            try ReportFile(path: path, mark: Self.mark).write(
                Self.mark + String(decoding: data, as: UTF8.self))
        } catch let error as DeviceError {
            problem.withLock { $0 = error }
        } catch {
            problem.withLock {
                $0 = DeviceError(device: path, .unsuitable("can't be written: \(error)"))
            }
        }
    }

    /// Removes the file, since all was done.
    package func remove() throws(DeviceError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw DeviceError(device: path, .unsuitable("can't be removed: \(error)"))
        }
    }
}
