import TestSupport
import Testing

@Suite struct TestPoolTests {
    @Test("every packed pool unpacks into its vdev files", arguments: TestPool.all)
    func unpacks(pool: TestPool) throws {
        #expect(try !pool.devicePaths().isEmpty)
    }

    @Test func `unpacking keeps the holes`() throws {
        let path = try #require(try TestPool.named("basic").devicePaths().first)
        let answer = try Command.run("stat", "-c", "%s %b %B", path).text
        let numbers = answer.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        try #require(numbers.count == 3)
        #expect(numbers[0] == 64 << 20)
        #expect(numbers[1] * numbers[2] < 32 << 20)
    }
}
