import Bytes
import Datasets
import Files

extension DumpReport {
    /// The object that a path leads to, shown like any other.
    func showPath(_ item: PoolItem) throws(PoolError) {
        let number: UInt64
        do throws(FilesError) {
            number = try contents.open(item).file?.number ?? 0
        } catch {
            if case .pool(let error) = error.reason { throw error }
            throw .absent("\(error)")
        }
        try showObject(number, in: item.dataset)
    }
}
