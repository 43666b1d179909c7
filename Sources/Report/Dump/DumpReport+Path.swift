import Bytes
import Datasets
import Files

extension DumpReport {
    /// The object that a path leads to, shown like any other.
    func showPath(_ path: String, in dataset: String) throws(PoolError) {
        let number: UInt64
        do {
            number = try Filesystem(try objectSet(named: dataset)).file(at: path).number
        } catch let error as PoolError {
            throw error
        } catch {
            throw .absent("\(dataset):\(path): \(error)")
        }
        try showObject(number, in: dataset)
    }
}
