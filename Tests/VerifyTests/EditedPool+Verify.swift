import Datasets
import Devices
import Files
import Verify

extension EditedPool {
    /// Runs the whole of `verify` over the damaged pool, whether it can be opened or not.
    func verify(_ options: VerifyOptions = VerifyOptions(threadCount: 2)) throws -> VerifyResult {
        let pool: Pool
        let candidate = try Self.find(path)
        do throws(PoolError) {
            pool = try Pool.open(candidate)
        } catch {
            return ClosedPoolVerifier(candidate, error, options).run()
        }
        return try Verifier(
            PoolContents(pool), options, meter: ProgressMeter(), interruption: Interruption()
        ).run()
    }
}
