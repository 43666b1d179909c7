# title: a mirror of which a side was detached
# features: detach
vdevs 2 64M
mkpool "$P" mirror "$D/d0" "$D/d1"
gen <<G
tree $M/tree 2 2 3 a
file $M/text 60K text b
G
zfs snapshot "$P@a"
zpool sync "$P"
zpool detach "$P" "$D/d1"
gen <<G
file $M/after 20K text c
G
zpool export "$P"
