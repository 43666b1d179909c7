import Bytes
import Datasets
import Files
import Objects
import Vdevs

/// The check of a volume: its two objects and its size.
///
/// Mirrors `zvol_create_cb` and `zvol_check_volsize` (`module/zfs/zvol.c`).
struct VolumeAudit {
    let context: CheckContext
    let dataset: Dataset
    let set: ObjectSet

    func run() {
        guard set.pointer.fill > 0 else { return }
        let data: DMUObject
        let properties: ZAP
        do throws(ObjectError) {
            data = try set.object(Volume.dataObject)
            guard data.type == .volume else {
                report(Volume.dataObject, "it is an object of type \(data.type)")
                return
            }
            let table = try set.object(Volume.propertiesObject)
            guard table.type == .volumeProperties else {
                report(table.number, "it is an object of type \(table.type)")
                return
            }
            properties = try ZAP(table)
        } catch {
            if error.isUnreadableBlock {
                context.leaveUnchecked("the size of \(dataset.name)", "\(error)")
            } else {
                report(error.object, "\(error)")
            }
            return
        }
        checkSize(properties, data)
    }

    private func checkSize(_ properties: ZAP, _ data: DMUObject) {
        var stored: ZAPEntry?
        let problems = properties.forEachEntry { entry in
            if stored == nil, entry.name == "size" { stored = entry }
        }
        guard let size = stored?.uint64 else {
            if let problem = problems.first(where: \.mayHideEntries) {
                context.leaveUnchecked("the size of \(dataset.name)", problem.what)
            } else {
                report(Volume.propertiesObject, "there is no size")
            }
            return
        }
        let block = UInt64(data.blockSize)
        if size == 0 || size % block != 0 || size > UInt64(Int64.max) {
            report(
                Volume.propertiesObject, "\(size) bytes are not a multiple of blocks of \(block)")
        } else if data.dnode.maximumBlockID > (size - 1) / block, hasBlock(data, from: size / block)
        {
            report(
                Volume.propertiesObject,
                "there are blocks past the end at \(size), up to block \(data.dnode.maximumBlockID)"
            )
        }
    }

    private func hasBlock(_ data: DMUObject, from first: UInt64) -> Bool {
        struct Found: Error {}
        do throws(Found) {
            try data.tree.forEachPointer(from: first) {
                step throws(Found) -> IndirectTree.Descent in
                if case .pointer(_, level: 0, let index) = step, index >= first { throw Found() }
                return .into
            }
            return false
        } catch {
            return true
        }
    }

    private func report(_ object: UInt64?, _ why: String) {
        var location = Location()
        location.dataset = dataset.name
        location.objectSet = dataset.object
        location.object = object
        context.report(
            Problem(.volumeSize, at: location, evidence: Record(["cause": .text(why)])))
    }
}
