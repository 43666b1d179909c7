import Blocks
import Bytes
import Codecs
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// A small gang block of a file, with two copies of its header.
    static let gangs = [
        DamageCase(
            "a gang header that was overwritten", [.gangUnreadable], in: "gang",
            unchecked: ["seems leaked"]
        ) { pool in
            let block = try pool.block(54, 9)
            for copy in 0..<2 {
                try pool.editor.overwrite(
                    vdev: 0, at: block.pointer.dva(copy).offset,
                    with: [UInt8](repeating: 0xee, count: 512))
            }
            return [block.found(.gangUnreadable)]
        },
        DamageCase(
            "a gang header that leads to itself",
            [.gangUnreadable, .gangMember, .blockClaimedTwice], in: "gang",
            unchecked: ["seems leaked"]
        ) { pool in
            let block = try pool.block(54, 9)
            var header = block.pointer.encoded(.little)
            header += [UInt8](repeating: 0, count: 512 - header.count)
            let address = block.address
            try EmbeddedChecksum.seal(
                &header, .gangHeader,
                verifier: EmbeddedChecksum.gangVerifier(
                    vdev: 0, offset: address.offset, physicalBirth: block.pointer.physicalBirth),
                .little)
            for copy in 0..<2 {
                try pool.editor.overwrite(
                    vdev: 0, at: block.pointer.dva(copy).offset, with: header)
            }
            let headers = try (0..<2).map { copy in
                let start = block.pointer.dva(copy).offset
                return Found(
                    .blockClaimedTwice, try pool.metaslab(of: start), start..<start + 512)
            }
            return headers + [
                block.found(.gangUnreadable), block.found(.gangMember),
                block.found(.gangMember, block.pointer.dva(1)),
            ]
        },
        DamageCase("a member of a gang with bits that mean nothing", [.gangMember], in: "gang") {
            pool in
            let block = try pool.block(54, 9)
            try pool.editor.editGangHeader(of: block.place, isSealed: true) { $0[64] = 8 }
            return [block.found(.gangMember)]
        },
        .verify(
            "members of a gang that together are something else", [.gangMember], in: "be-disk"
        ) { pool in
            let block = try pool.block(try pool.dataset("bedisk/v-gang128k").object, 1)
            try pool.editor.editGangHeader(of: block.place, isSealed: true) { header in
                // The lowest byte of the checksum of the first member, which is a gang block itself.
                try #require(try GangHeader(header.rawBytes).pointers[0].isGang)
                header[127] ^= 1
            }
            return [block.found(.gangMember)]
        },
    ]
}
