package import Bytes
package import Objects
import Vdevs

extension IntentLogHeader {
    package var record: Record {
        Record([
            "claim_txg": .txg(claimTxg), "claim_block_sequence": .number(claimBlockSequence),
            "claim_record_sequence": .number(claimRecordSequence),
            "replay_sequence": .number(replaySequence), "flags": .word(flags),
            "log": .record(log.brief),
        ])
    }
}
