import Bytes
import Codecs
import Datasets
import Devices
import Files
import Verify

extension EditedPool {
    /// Runs the whole of `verify` over the damaged pool, whether it can be opened or not, with keys by the datasets
    /// that they open.
    func verify(
        _ options: VerifyOptions = VerifyOptions(threadCount: 2), keys: [String: String] = [:]
    ) throws -> VerifyResult {
        let pool: Pool
        let candidate = try Self.find(path)
        do throws(PoolError) {
            pool = try Pool.open(candidate)
        } catch {
            return ClosedPoolVerifier(candidate, error, options).run()
        }
        let contents = PoolContents(pool)
        for (dataset, key) in keys {
            let bytes = Array(key.utf8)
            try contents.keyring?.add(UserKey(SecretBytes(copying: bytes.rawBytes)), for: dataset)
        }
        return try Verifier(
            contents, options, meter: ProgressMeter(), interruption: Interruption()
        ).run()
    }
}
