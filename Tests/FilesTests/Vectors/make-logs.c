/*
 * Makes the pools gcmlog and ccmlog with libzpool of OpenZFS 2.3.2, the library that zdb and ztest are made of.
 * Each has a file system `fuid` with a FUID table, and an encrypted one with an intent log, since the process ends
 * without an export.
 *
 * usage: make-logs DIR POOL 8|3 disk 1     (8: aes-256-gcm, 3: aes-128-ccm)
 * build: cc -w -D_GNU_SOURCE -DHAVE_MAKEDEV_IN_SYSMACROS -D_LARGEFILE64_SOURCE -I/usr/include/libspl
 *            -I/usr/include/libzfs make-logs.c -lzpool -lnvpair -lpthread
 */
#include <sys/zfs_context.h>
#include <sys/spa.h>
#include <sys/dmu.h>
#include <sys/fs/zfs.h>

#ifndef TXG_WAIT
#define	TXG_WAIT 1ULL
#endif
enum { CHECKSUM_FLETCHER_4 = 7, CHECKSUM_SHA256 = 8, COMPRESS_LZ4 = 15 };

/* Declared in headers that the package does not ship whole. */
int dsl_prop_set_int(const char *, const char *, zprop_source_t, uint64_t);
struct dsl_pool *spa_get_dsl(spa_t *);
void txg_wait_synced(struct dsl_pool *, uint64_t);
int dmu_objset_snapshot_one(const char *, const char *);
void kernel_init(int);
void kernel_fini(void);
int spa_destroy(const char *);
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

static uint64_t
new_object(objset_t *os, int blocksize)
{
	dmu_tx_t *tx = dmu_tx_create(os);
	dmu_tx_hold_bonus(tx, DMU_NEW_OBJECT);
	VERIFY0(dmu_tx_assign(tx, TXG_WAIT));
	uint64_t object = dmu_object_alloc(os, DMU_OT_UINT64_OTHER, blocksize, DMU_OT_NONE, 0, tx);
	dmu_tx_commit(tx);
	return (object);
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

static uint64_t own_uid = 1000, own_gid = 100;
static void
attributes(objset_t *os, uint64_t object, uint64_t mode, uint64_t size, uint64_t parent, uint64_t links, dmu_tx_t *tx)
{
	void *hdl;
	bulk_t b[20]; int n = 0;
	uint64_t times[2] = { 1795219200, 123456789 }, gen = 4, flags = 0x4, uid = own_uid, gid = own_gid, count = 3;
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


#include <sys/zil.h>
#include <sys/dsl_crypt.h>
static const char wkey[] = "abcdefghijklmnopqrstuvwxyz012345";

static void
make_fuids(const char *name)
{
	objset_t *os;
	VERIFY0(dmu_objset_create(name, DMU_OST_ZFS, 0, NULL, create, NULL));
	VERIFY0(dmu_objset_own(name, DMU_OST_ZFS, B_FALSE, B_FALSE, "mk", &os));
	VERIFY0(sa_setup(os, sa_object, &zfs_attr_table, A_END, &table));
	/* The table as zfs_fuid_sync packs it. */
	const char *domains[3] = { "S-1-5-21-1004336348-1177238915-682003330", "S-1-5-32", "S-1-5-21-7-8-9" };
	nvlist_t *fuids[3], *top = fnvlist_alloc();
	for (int i = 0; i < 3; i++) {
		fuids[i] = fnvlist_alloc();
		fnvlist_add_uint64(fuids[i], "fuid_idx", i + 1);
		fnvlist_add_uint64(fuids[i], "fuid_offset", 0);
		fnvlist_add_string(fuids[i], "fuid_domain", domains[i]);
	}
	fnvlist_add_nvlist_array(top, "fuid_nvlist", (const nvlist_t * const *)fuids, 3);
	size_t size = 0; char *packed = NULL;
	VERIFY0(nvlist_pack(top, &packed, &size, 1, 0));
	dmu_tx_t *tx = dmu_tx_create(os);
	dmu_tx_hold_bonus(tx, DMU_NEW_OBJECT);
	dmu_tx_hold_write(tx, DMU_NEW_OBJECT, 0, size);
	dmu_tx_hold_zap(tx, 1, B_TRUE, NULL); dmu_tx_hold_bonus(tx, 1);
	VERIFY0(dmu_tx_assign(tx, TXG_WAIT));
	uint64_t object = dmu_object_alloc(os, DMU_OT_FUID, 16384, DMU_OT_FUID_SIZE, 8, tx);
	VERIFY0(zap_update(os, 1, "FUID", 8, 1, &object, tx));
	dmu_write(os, object, 0, size, packed, tx);
	dmu_buf_t *db;
	VERIFY0(dmu_bonus_hold(os, object, "mk", &db));
	dmu_buf_will_dirty(db, tx);
	*(uint64_t *)db->db_data = size;
	dmu_buf_rele(db, "mk");
	dmu_tx_commit(tx);
	tx = begin(os, 4096, root_object);
	attributes(os, root_object, 040755, 5, root_object, 2, tx);
	dmu_tx_commit(tx);
	uint64_t owners[3][2] = { { (1ULL << 32) | 1105, (2ULL << 32) | 544 }, { (3ULL << 32) | 500, 100 }, { 1000, (9ULL << 32) | 1 } };
	for (int i = 0; i < 3; i++) {
		char fname[16];
		tx = begin(os, 4096, root_object);
		uint64_t f = dmu_object_alloc(os, DMU_OT_PLAIN_FILE_CONTENTS, 4096, DMU_OT_SA, 168, tx);
		own_uid = owners[i][0]; own_gid = owners[i][1];
		attributes(os, f, 0100640, 0, root_object, 1, tx);
		snprintf(fname, 16, "f%d", i);
		uint64_t fe = f | (8ULL << 60);
		VERIFY0(zap_add(os, root_object, fname, 8, 1, &fe, tx));
		dmu_tx_commit(tx);
	}
	dmu_objset_disown(os, B_FALSE, "mk");
}

static itx_t *
record(zilog_t *zl, dmu_tx_t *tx, uint64_t type, size_t fixed, const void *tail, size_t count, lr_t **lr)
{
	itx_t *itx = zil_itx_create(type, fixed + count);
	memset((char *)&itx->itx_lr + sizeof (lr_t), 0, fixed + count - sizeof (lr_t));
	if (count) memcpy((char *)&itx->itx_lr + fixed, tail, count);
	itx->itx_sync = B_TRUE;
	*lr = &itx->itx_lr;
	return (itx);
}

static void
make_log(const char *name, uint64_t suite)
{
	objset_t *os;
	nvlist_t *args = fnvlist_alloc(), *props = fnvlist_alloc();
	dsl_crypto_params_t *dcp;
	fnvlist_add_uint64(props, "encryption", suite);
	fnvlist_add_uint8_array(args, "wkeydata", (uint8_t *)wkey, 32);
	fnvlist_add_uint64(props, "keyformat", 2);	/* hex */
	fnvlist_add_string(props, "keylocation", "prompt");
	fnvlist_add_uint64(props, "pbkdf2salt", 0);
	fnvlist_add_uint64(props, "pbkdf2iters", 0);
	VERIFY0(dsl_crypto_params_create_nvlist(DCP_CMD_NONE, props, args, &dcp));
	VERIFY0(dmu_objset_create(name, DMU_OST_ZFS, 0, dcp, create, NULL));
	VERIFY0(dmu_objset_own(name, DMU_OST_ZFS, B_FALSE, B_TRUE, "mk", &os));
	VERIFY0(sa_setup(os, sa_object, &zfs_attr_table, A_END, &table));
	dmu_tx_t *tx = begin(os, 8192, root_object);
	attributes(os, root_object, 040755, 3, root_object, 2, tx);
	uint64_t f = dmu_object_alloc(os, DMU_OT_PLAIN_FILE_CONTENTS, 4096, DMU_OT_SA, 168, tx);
	attributes(os, f, 0100644, 4096, root_object, 1, tx);
	uint8_t data[8192]; static uint8_t zeros[512];
	memset(data, 'a', sizeof (data));
	dmu_write(os, f, 0, 4096, data, tx);
	uint64_t fe = f | (8ULL << 60);
	VERIFY0(zap_add(os, root_object, "base", 8, 1, &fe, tx));
	dmu_tx_commit(tx);
	txg_wait_synced(dmu_objset_pool(os), 0);
	zilog_t *zl = zil_open(os, NULL, NULL);
	for (int round = 0; round < 2; round++) {
		lr_t *lr; itx_t *itx;
		tx = begin(os, 8192, root_object);
		char *text = round ? "second secret words of the log" : "first secret words of the log";
		itx = record(zl, tx, 9, 192, text, strlen(text), &lr);
		((uint64_t *)lr)[4] = f; ((uint64_t *)lr)[5] = 512 + round * 1000; ((uint64_t *)lr)[6] = strlen(text);
		itx->itx_wr_state = WR_COPIED; itx->itx_oid = f;
		zil_itx_assign(zl, itx, tx);
		char *newname = round ? "made-second" : "made-first";
		itx = record(zl, tx, 1, 104, newname, strlen(newname) + 1, &lr);
		((uint64_t *)lr)[4] = root_object; ((uint64_t *)lr)[5] = f + 1 + round; ((uint64_t *)lr)[6] = 0100600; ((uint64_t *)lr)[7] = 1000;
		((uint64_t *)lr)[8] = 100; ((uint64_t *)lr)[9] = 30; ((uint64_t *)lr)[10] = 1795219200; ((uint64_t *)lr)[11] = 5;
		zil_itx_assign(zl, itx, tx);
		itx = record(zl, tx, 21, 48, "user.note\0secret", 16, &lr);
		((uint64_t *)lr)[4] = f; ((uint64_t *)lr)[5] = 6;
		zil_itx_assign(zl, itx, tx);
		itx = record(zl, tx, 24, 72, zeros, 2 * 128, &lr);	/* two holes cloned in */
		((uint64_t *)lr)[4] = f; ((uint64_t *)lr)[5] = 8192; ((uint64_t *)lr)[6] = 8192; ((uint64_t *)lr)[7] = 4096; ((uint64_t *)lr)[8] = 2;
		itx->itx_oid = f;
		zil_itx_assign(zl, itx, tx);
		dmu_tx_commit(tx);
		zil_commit(zl, 0);
	}
}

int
main(int argc, char **argv)
{
	if (argc != 6) {
		fprintf(stderr, "usage: mkbench DIR POOL MIB disk|mirror|raidz1|raidz2|raidz3 DISKS\n");
		return (16);
	}
	const char *dir = argv[1], *pool = argv[2], *kind = argv[4];
	uint64_t mib = strtoull(argv[3], NULL, 10);
	int disks = atoi(argv[5]);
	int parity = strncmp(kind, "raidz", 5) == 0 ? atoi(kind + 5) : 0;
	int holding = strcmp(kind, "mirror") == 0 ? 1 : disks - parity;
	uint64_t bytes = 64ULL << 20;
	nvlist_t *leaves[64], *tops[64], *root = fnvlist_alloc(), *props = fnvlist_alloc();
	int ntops = disks;

	for (int i = 0; i < disks && i < 64; i++) {
		char path[4096];
		snprintf(path, sizeof (path), "%s/%s.%d", dir, pool, i);
		int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0644);
		VERIFY(fd >= 0);
		VERIFY0(ftruncate(fd, (off_t)bytes));
		close(fd);
		leaves[i] = tops[i] = vdev_file(path);
	}
	if (strcmp(kind, "disk") != 0) {
		tops[0] = fnvlist_alloc();
		fnvlist_add_string(tops[0], "type", parity ? "raidz" : "mirror");
		if (parity)
			fnvlist_add_uint64(tops[0], "nparity", parity);
		fnvlist_add_nvlist_array(tops[0], "children", (const nvlist_t * const *)leaves, disks);
		ntops = 1;
	}
	for (int i = 0; i < ntops; i++)
		fnvlist_add_uint64(tops[i], "is_log", 0);
	fnvlist_add_string(root, "type", "root");
	fnvlist_add_nvlist_array(root, "children", (const nvlist_t * const *)tops, ntops);

	const char *features[] = { "async_destroy", "empty_bpobj", "lz4_compress", "spacemap_histogram", "enabled_txg", "hole_birth",
	    "extensible_dataset", "embedded_data", "bookmarks", "bookmark_v2", "encryption", "userobj_accounting", "project_quota", "zilsaxattr", "block_cloning" };
	for (int i = 0; i < 15; i++) { char f[64]; snprintf(f, 64, "feature@%s", features[i]); fnvlist_add_uint64(props, f, 0); }
	kernel_init(SPA_MODE_READ | SPA_MODE_WRITE);
	VERIFY0(spa_create(pool, root, props, NULL, NULL));
	char name[256];
	snprintf(name, sizeof (name), "%s/fuid", pool);
	make_fuids(name);
	own_uid = 1000; own_gid = 100;
	char enc[256];
	snprintf(enc, sizeof (enc), "%s/%s", pool, mib == 8 ? "gcm" : "ccm");
	make_log(enc, mib);
	_exit(0);

	spa_t *spa;
	VERIFY0(spa_open(pool, &spa, "mkbench"));
	txg_wait_synced(spa_get_dsl(spa), 0);
	spa_close(spa, "mkbench");
	VERIFY0(spa_export(pool, NULL, B_FALSE, B_FALSE));
	kernel_fini();
	return (0);
}
