package import Bytes
import Vdevs

extension BlockPointerTree {
    package var record: Record {
        Record([
            "begin": .number(begin), "end": .number(end), "used": .bytes(bytes),
            "compressed": .bytes(compressedBytes), "uncompressed": .bytes(uncompressedBytes),
        ])
    }
}

extension BlockPointerTree.Entry {
    package var record: Record {
        Record([
            "birth": .txg(birth), "bookmark": .record(bookmark.record),
            "pointer": .record(pointer.record),
        ])
    }
}

extension BlockBookmark {
    package var record: Record {
        Record([
            "objset": .number(objectSet), "object": .number(object), "level": .signed(level),
            "blkid": .number(index),
        ])
    }
}
