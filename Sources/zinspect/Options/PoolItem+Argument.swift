import ArgumentParser
import Files

extension PoolItem: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
