import Datasets
import Foundation
import TestSupport
import Testing

/// A case of `TestPools/cases`: a pool that was damaged by hand, and what a check must say of it.
struct DamagedPool {
    let pool: Pool
    let facts: JSONValue
    private let folder: ScratchFolder

    init(_ name: String) throws {
        folder = try ScratchFolder()
        try Command.run("\(Project.testPools)/cases/apply-case", name, folder.path)
        let found = PoolFinder().find(in: [
            "\(folder.path)/\(try #require(name.split(separator: "-").first))"
        ])
        pool = try Pool.open(try #require(found.pools.first))
        facts = try JSONValue(
            parsing: try String(
                contentsOfFile: "\(Project.testPools)/cases/\(name).json", encoding: .utf8))
    }
}
