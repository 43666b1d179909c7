import Bytes
import Datasets
import Files
import Objects
import Vdevs

/// The codes in the headers of encrypted datasets whose keys were given.
///
/// Mirrors `spa_do_crypt_objset_mac_abd` (`module/zfs/dsl_crypt.c`), which takes a local code of zeros for one that
/// is yet to be made.
struct ObjectSetCodeCheck: Check {
    static let kinds: [ProblemKind] = [.objectSetCode]

    func run(_ context: CheckContext) {
        guard let keyring = context.contents.keyring, let tree = try? context.pool.datasets()
        else { return }
        for dataset in tree.datasets where keyring.isEncrypted(dataset) {
            guard !context.isCancelled else { return }
            guard !dataset.rootPointer.isHole else { continue }
            guard let key = keyring.key(of: dataset) else {
                context.leaveUnchecked("the files of \(dataset.name)", "\(FilesError(.noKey))")
                continue
            }
            do {
                let header = try context.pool.objectSet(of: dataset).header
                check(header, key, dataset, context)
            } catch {
                context.leaveUnchecked("the codes of \(dataset.name)", "\(error)")
            }
        }
    }

    private func check(
        _ header: ObjectSetHeader, _ key: DatasetKey, _ dataset: Dataset, _ context: CheckContext
    ) {
        let codes: DatasetKey.ObjectSetCodes
        do {
            codes = try key.codes(of: header)
        } catch {
            context.leaveUnchecked("the codes of \(dataset.name)", "\(error)")
            return
        }
        if codes.portable != header.portableMAC {
            report("os_portable_mac", dataset, context)
        }
        if codes.local != header.localMAC, header.localMAC.contains(where: { $0 != 0 }) {
            report("os_local_mac", dataset, context)
        }
    }

    private func report(_ field: String, _ dataset: Dataset, _ context: CheckContext) {
        var location = Location()
        location.dataset = dataset.name
        location.objectSet = dataset.object
        location.key = field
        context.report(Problem(.objectSetCode, at: location))
    }
}
