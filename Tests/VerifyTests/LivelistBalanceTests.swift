import Objects
import TestSupport
import Testing
import Vdevs

@testable import Verify

/// Livelists whose blocks don't all fit into memory at once.
@Suite struct LivelistBalanceTests {
    @Test("in parts it comes to what a dictionary of all comes to", arguments: [0, 700, 40_000])
    func parts(memory: Int) throws {
        let editor = try EditedPool("livelist")
        let livelist = try editor.livelist("livelist/clone1")
        let list = try editor.list(ofDeadlist: livelist).list
        var expected: [SharedBlocks.Key: Int] = [:]
        var balance = LivelistBalance(memory: memory)
        list.forEachPointer { step in
            guard case .pointer(let pointer, let isFree, _) = step else { return }
            expected[SharedBlocks.Key(pointer.dva(0)), default: 0] += isFree ? -1 : 1
            balance.add(pointer, isFree: isFree)
        }
        var found: [SharedBlocks.Key: Int] = [:]
        balance.forEachUnbalanced(in: list) { pointer, balance in
            let former = found.updateValue(balance, forKey: SharedBlocks.Key(pointer.dva(0)))
            #expect(former == nil)
        }
        #expect(found == expected.filter { $0.value != 0 })
        #expect(found.count > 1)
    }
}
