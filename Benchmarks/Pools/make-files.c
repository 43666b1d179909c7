/*
 * Makes a pool for benchmarks with libzpool, the library of OpenZFS that zdb and ztest are made of: a file system `files`
 * with FILES small files in 100 directories, and a file `big` of MIB mebibytes, LZ4, Fletcher-4, 128 KiB records.
 *
 * usage: make-files DIR POOL FILES MIB
 * Scripts/bench-files builds and runs it.
 */
#include <sys/zfs_context.h>
#include <sys/spa.h>
#include <sys/dmu.h>
#include <sys/fs/zfs.h>

#ifndef TXG_WAIT
#define	TXG_WAIT 1ULL
#endif
enum { COMPRESS_LZ4 = 15 };

/* Declared in headers that the package does not ship whole. */
int dsl_prop_set_int(const char *, const char *, zprop_source_t, uint64_t);
struct dsl_pool *spa_get_dsl(spa_t *);
void txg_wait_synced(struct dsl_pool *, uint64_t);
void kernel_init(int);
void kernel_fini(void);
int spa_export(const char *, nvlist_t **, boolean_t, boolean_t);

static uint64_t seed = 88172645463325252ULL;

static uint64_t
next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed);
}

/* About half of the bytes compress. */
static void
fill(uint8_t *buffer, size_t size)
{
	for (size_t i = 0; i < size; i += 8) {
		uint64_t word = next_random();
		if ((i / 64) & 1)
			word = (i & 8) ? word & 0x0f0f0f0f0f0f0f0fULL : 0x2020202020202020ULL;
		memcpy(buffer + i, &word, 8);
	}
}

static nvlist_t *
vdev_file(const char *path)
{
	nvlist_t *vdev = fnvlist_alloc();
	fnvlist_add_string(vdev, "type", "file");
	fnvlist_add_string(vdev, "path", path);
	fnvlist_add_uint64(vdev, "ashift", 12);
	return (vdev);
}

static void
write_object(objset_t *os, uint64_t object, uint64_t offset, uint64_t size, void *data)
{
	dmu_tx_t *tx = dmu_tx_create(os);
	dmu_tx_hold_write(tx, object, offset, (int)size);
	VERIFY0(dmu_tx_assign(tx, TXG_WAIT));
	dmu_write(os, object, offset, size, data, tx);
	dmu_tx_commit(tx);
}

typedef uint16_t attr_t;
typedef struct { void *data; void *func; uint16_t length; attr_t attr; void *addr; uint16_t buftype, size; } bulk_t;
enum { A_ATIME, A_MTIME, A_CTIME, A_CRTIME, A_GEN, A_MODE, A_SIZE, A_PARENT, A_LINKS, A_XATTR, A_RDEV, A_FLAGS, A_UID, A_GID, A_PAD, A_ZNODE_ACL, A_DACL_COUNT, A_SYMLINK, A_SCANSTAMP, A_DACL_ACES, A_DXATTR, A_PROJID, A_END };
extern void *zfs_attr_table;
int sa_setup(objset_t *, uint64_t, void *, int, attr_t **);
int sa_handle_get(objset_t *, uint64_t, void *, int, void **);
void sa_handle_destroy(void *);
int sa_replace_all_by_template(void *, bulk_t *, int, dmu_tx_t *);
int zap_create_claim(objset_t *, uint64_t, int, int, int, dmu_tx_t *);
uint64_t zap_create(objset_t *, int, int, int, dmu_tx_t *);
uint64_t zap_create_norm(objset_t *, int, int, int, int, dmu_tx_t *);
int zap_update(objset_t *, uint64_t, const char *, int, uint64_t, const void *, dmu_tx_t *);
int zap_add(objset_t *, uint64_t, const char *, int, uint64_t, const void *, dmu_tx_t *);
static attr_t *table;
static uint64_t aces[3] = { 0x001601bf10001000ULL, 0x0012008900400020ULL, 0x0012008900004000ULL };

static void
attributes(objset_t *os, uint64_t object, uint64_t mode, uint64_t size, uint64_t parent, uint64_t links, dmu_tx_t *tx)
{
	void *hdl;
	bulk_t b[20]; int n = 0;
	uint64_t times[2] = { 1795219200, 123456789 }, gen = 4, flags = 0x40000000004ULL & 0x4, uid = 1000, gid = 100, count = 3;
	memset(b, 0, sizeof (b));
#define ADD(a, p, l) (b[n].attr = table[a], b[n].data = (p), b[n].length = (l), n++)
	ADD(A_MODE, &mode, 8); ADD(A_SIZE, &size, 8); ADD(A_GEN, &gen, 8); ADD(A_UID, &uid, 8); ADD(A_GID, &gid, 8); ADD(A_PARENT, &parent, 8);
	ADD(A_FLAGS, &flags, 8); ADD(A_ATIME, times, 16); ADD(A_MTIME, times, 16); ADD(A_CTIME, times, 16); ADD(A_CRTIME, times, 16);
	ADD(A_LINKS, &links, 8); ADD(A_DACL_COUNT, &count, 8); ADD(A_DACL_ACES, aces, 24);
	VERIFY0(sa_handle_get(os, object, NULL, 1, &hdl));
	VERIFY0(sa_replace_all_by_template(hdl, b, n, tx));
	sa_handle_destroy(hdl);
}

static uint64_t root_object, sa_object;
static void
create(objset_t *os, void *arg, cred_t *cr, dmu_tx_t *tx)
{
	uint64_t v = 5, zero = 0;
	VERIFY0(zap_create_claim(os, 1, DMU_OT_MASTER_NODE, DMU_OT_NONE, 0, tx));
	VERIFY0(zap_update(os, 1, "VERSION", 8, 1, &v, tx));
	VERIFY0(zap_update(os, 1, "casesensitivity", 8, 1, &zero, tx));
	VERIFY0(zap_update(os, 1, "normalization", 8, 1, &zero, tx));
	VERIFY0(zap_update(os, 1, "utf8only", 8, 1, &zero, tx));
	sa_object = zap_create(os, DMU_OT_SA_MASTER_NODE, DMU_OT_NONE, 0, tx);
	VERIFY0(zap_update(os, 1, "SA_ATTRS", 8, 1, &sa_object, tx));
	uint64_t q = zap_create(os, DMU_OT_UNLINKED_SET, DMU_OT_NONE, 0, tx);
	VERIFY0(zap_update(os, 1, "DELETE_QUEUE", 8, 1, &q, tx));
	root_object = zap_create_norm(os, 0, DMU_OT_DIRECTORY_CONTENTS, DMU_OT_SA, 168, tx);
	VERIFY0(zap_update(os, 1, "ROOT", 8, 1, &root_object, tx));
}

static uint64_t sa_layouts, sa_registry;
static dmu_tx_t *
begin(objset_t *os, uint64_t bytes, uint64_t zap)
{
	dmu_tx_t *tx = dmu_tx_create(os);
	dmu_tx_hold_bonus(tx, DMU_NEW_OBJECT);
	dmu_tx_hold_zap(tx, DMU_NEW_OBJECT, B_TRUE, NULL);
	if (zap) { dmu_tx_hold_zap(tx, zap, B_TRUE, NULL); dmu_tx_hold_bonus(tx, zap); }
	dmu_tx_hold_zap(tx, sa_object, B_TRUE, NULL);
	dmu_tx_hold_write(tx, DMU_NEW_OBJECT, 0, bytes);
	VERIFY0(dmu_tx_assign(tx, TXG_WAIT));
	return (tx);
}

static void
make_files(const char *name, uint64_t files, uint64_t dirs, uint64_t mib)
{
	objset_t *os;
	uint8_t *data = malloc(1 << 20);
	VERIFY0(dmu_objset_create(name, DMU_OST_ZFS, 0, NULL, create, NULL));
	VERIFY0(dsl_prop_set_int(name, "compression", ZPROP_SRC_LOCAL, COMPRESS_LZ4));
	VERIFY0(dmu_objset_own(name, DMU_OST_ZFS, B_FALSE, B_FALSE, "mkfiles", &os));
	VERIFY0(sa_setup(os, sa_object, &zfs_attr_table, A_END, &table));
	dmu_tx_t *tx = begin(os, 4096, root_object);
	attributes(os, root_object, 040755, 2 + dirs + 1, root_object, 2 + dirs, tx);
	dmu_tx_commit(tx);
	for (uint64_t d = 0; d < dirs; d++) {
		char dirname[64];
		uint64_t n = files / dirs;
		tx = begin(os, 4096, root_object);
		uint64_t dir = zap_create_norm(os, 0, DMU_OT_DIRECTORY_CONTENTS, DMU_OT_SA, 168, tx);
		attributes(os, dir, 040755, 2 + n, root_object, 2, tx);
		snprintf(dirname, 64, "directory-%04llu", (u_longlong_t)d);
		uint64_t e = dir | (4ULL << 60);
		VERIFY0(zap_add(os, root_object, dirname, 8, 1, &e, tx));
		dmu_tx_commit(tx);
		for (uint64_t i = 0; i < n; i++) {
			char fname[64];
			int size = 100 + next_random() % 3000;
			snprintf(fname, 64, "file-%06llu-of-the-tree.txt", (u_longlong_t)(i * 7919 % n));
			tx = begin(os, 4096, dir);
			uint64_t f = dmu_object_alloc(os, DMU_OT_PLAIN_FILE_CONTENTS, 4096, DMU_OT_SA, 168, tx);
			attributes(os, f, 0100644, size, dir, 1, tx);
			fill(data, 4096);
			memset(data + size, 0, 4096 - size);
			dmu_write(os, f, 0, 4096, data, tx);
			uint64_t fe = f | (8ULL << 60);
			VERIFY0(zap_add(os, dir, fname, 8, 1, &fe, tx));
			dmu_tx_commit(tx);
		}
	}
	tx = begin(os, 1 << 20, root_object);
	uint64_t big = dmu_object_alloc(os, DMU_OT_PLAIN_FILE_CONTENTS, 131072, DMU_OT_SA, 168, tx);
	attributes(os, big, 0100644, mib << 20, root_object, 1, tx);
	uint64_t be = big | (8ULL << 60);
	VERIFY0(zap_add(os, root_object, "big", 8, 1, &be, tx));
	dmu_tx_commit(tx);
	for (uint64_t i = 0; i < mib; i++) {
		fill(data, 1 << 20);
		write_object(os, big, i << 20, 1 << 20, data);
	}
	dmu_objset_disown(os, B_FALSE, "mkfiles");
	free(data);
}

int
main(int argc, char **argv)
{
	if (argc != 5) {
		fprintf(stderr, "usage: make-files DIR POOL FILES MIB\n");
		return (16);
	}
	const char *dir = argv[1], *pool = argv[2];
	uint64_t files = strtoull(argv[3], NULL, 10), mib = strtoull(argv[4], NULL, 10);
	nvlist_t *tops[1], *root = fnvlist_alloc(), *props = fnvlist_alloc();
	char path[4096], name[256];

	snprintf(path, sizeof (path), "%s/%s.0", dir, pool);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0644);
	VERIFY(fd >= 0);
	VERIFY0(ftruncate(fd, (off_t)(((mib * 14 / 10) << 20) + files * 8192 + (512ULL << 20))));
	close(fd);
	tops[0] = vdev_file(path);
	fnvlist_add_uint64(tops[0], "is_log", 0);
	fnvlist_add_string(root, "type", "root");
	fnvlist_add_nvlist_array(root, "children", (const nvlist_t * const *)tops, 1);

	kernel_init(SPA_MODE_READ | SPA_MODE_WRITE);
	VERIFY0(spa_create(pool, root, props, NULL, NULL));
	snprintf(name, sizeof (name), "%s/files", pool);
	make_files(name, files, 100, mib);

	spa_t *spa;
	VERIFY0(spa_open(pool, &spa, "make-files"));
	txg_wait_synced(spa_get_dsl(spa), 0);
	spa_close(spa, "make-files");
	VERIFY0(spa_export(pool, NULL, B_FALSE, B_FALSE));
	kernel_fini();
	return (0);
}
