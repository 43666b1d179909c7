import Bytes
package import Datasets
import Devices
import Vdevs
package import Verify

/// Writes damaged strings and values of the pool's configuration in the MOS anew from the labels of its devices.
///
/// Each damaged pair gets what the newest sound labels say: a pair of the pool itself from any of them, one of a vdev from a
/// label that describes the vdev of that GUID. The head of a list is known without any. A configuration with damage that no
/// label can mend is left alone.
package struct ConfigListCure: Cure {
    package static let name = "nvlist"
    package static let summary =
        "writes damaged pairs of the pool's configuration anew from the labels"

    package let cured: [Problem]
    package let actions: [RepairAction]
    private let object: UInt64
    private let list: NVList

    package init?(_ findings: VerifyResult, of pool: Pool) {
        guard let object = pool.directory.object(.config) else { return nil }
        let own = findings.problems.filter {
            ProblemKind.nvlists.contains($0.kind) && $0.location.objectSet == 0
                && $0.location.object == object
        }
        guard !own.isEmpty, let decoding = try? pool.meta.nvlistDecoding(object) else {
            return nil
        }
        let mending = ConfigMending(pool)
        var list = decoding.list.withSoundHeads
        let pairs = Set(decoding.findings.filter { !$0.what.isOfHead }.map(\.path))
        for path in Set(own.map { $0.location.key ?? "" }).intersection(pairs).sorted() {
            guard let mended = mending.mend(list, path) else { return nil }
            list = mended
        }
        guard let packed = try? list.encodedXDR(order: decoding.order),
            let again = try? NVList.decode(packed.rawBytes), again.findings.isEmpty
        else { return nil }
        self.object = object
        self.list = list
        cured = own
        actions = own.map { problem in
            let path = problem.location.key ?? ""
            return RepairAction(
                cure: Self.name, repair: problem.kind.repair,
                what: pairs.contains(path)
                    ? "Write \(path) of the pool's configuration anew from the labels"
                    : "Write the head of \(path.isEmpty ? "the list" : path) of the pool's configuration anew",
                codes: [problem.kind.code])
        }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        let list = list
        try transaction.meta.edit(object) { draft throws(RepairError) in
            try draft.replacePackedList(list)
        }
    }
}
