# title: a top-level vdev is being removed, part of it copied, blocks freed meanwhile
# features: device_removal removal-in-progress obsolete_counts
vdevs 2 512M
mkpool -o ashift=9 "$P" "$D/d0" "$D/d1"
gen <<E
tree $M/tree 1 2 2 a
file $M/big 600K page b
file $M/gone 300K page c
E
zfs create -o compression=off -o recordsize=64K "$P/plain"
for i in $(seq 1 40); do
	head -c 1M /dev/zero > "$M/plain/f$i"
done
gen <<E
file $M/late 400K page e
E
zfs snapshot -r "$P@one"
zpool sync "$P"
param zfs_removal_suspend_progress 1
param zfs_remove_max_segment 16384
zpool remove "$P" "$D/d1"
for try in $(seq 1 60); do
	param zfs_removal_suspend_progress 0
	sleep 0.01
	param zfs_removal_suspend_progress 1
	zpool sync "$P"
	zpool status "$P" | grep -A3 remove: || true
	! zpool status "$P" | grep -q completed || exit 1
	pct=$(zpool status "$P" | sed -n 's/.*copied.*, \([0-9]*\)\.[0-9]*% done.*/\1/p')
	[ -z "$pct" ] || [ "$pct" -lt 10 ] || break
done
gen <<E
write $M/big 100K 128K page d
file $M/more 30K text g
E
rm "$M/gone" "$M/late" "$M"/plain/f[12]*
zfs destroy -r "$P@one"
zpool sync "$P"
zpool sync "$P"
zpool status "$P"
zpool export "$P"
