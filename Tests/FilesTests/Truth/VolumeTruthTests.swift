import Bytes
import Codecs
import Datasets
import Files
import Foundation
import Objects
import TestSupport
import Testing

/// Every volume has the bytes that a real kernel, or the program that wrote it, read from it.
@Suite struct VolumeTruthTests {
    private struct Facts: Decodable {
        struct Pool: Decodable {
            let volumes: [String: Volume]?
        }
        struct Volume: Decodable {
            let sha256: String?
        }
        let pools: [String: Pool]
    }

    @Test(arguments: TestPool.all)
    func `every volume is as it was recorded`(_ archive: TestPool) throws {
        let stem = String(archive.archive.dropLast(".tar.zst".count))
        guard let data = FileManager.default.contents(atPath: "\(stem).facts.json") else { return }
        let facts = try JSONDecoder().decode(Facts.self, from: data)
        guard facts.pools.values.contains(where: { !($0.volumes ?? [:]).isEmpty }) else { return }
        for candidate in try archive.candidates() {
            let pool = try Pool.open(candidate)
            let ring = try Keyring(pool)
            for (dataset, key) in try archive.keys() { try ring.add(key, for: dataset) }
            for (name, recorded) in facts.pools[pool.name]?.volumes ?? [:] {
                guard let digest = recorded.sha256 else { continue }
                let dataset = try #require(try pool.datasets().dataset(named: name))
                let volume = try Volume(try pool.objectSet(of: dataset))
                let bytes = try volume.contents.read(at: 0, count: Int(volume.size))
                let checksum = try ChecksumAlgorithm.sha256.compute(
                    bytes.rawBytes, .little, salt: nil)
                #expect(checksum.description.replacing(":", with: "") == digest, "\(name)")
            }
        }
    }
}
