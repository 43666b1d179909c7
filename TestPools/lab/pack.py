#!/usr/bin/python3
"""pack.py NAME WORK RECIPE OUT.json: write the description of one pool."""
import json, os, re, subprocess, sys

name, work, recipe, out = sys.argv[1:5]
LIMIT = 1500  # more files than this stay in the truth archive only

text = open(recipe).read()
head = dict(re.findall(r"^# (title|features|import): *(.*)$", text, re.M))
pools = open(f"{work}/{name}.ctl/pool").read().split()
version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "zfsutils-linux"],
                         capture_output=True, text=True).stdout
doc = {
    "name": name,
    "title": head.get("title", ""),
    "features": head.get("features", "").split(),
    "zfs": version,
    "kernel": open(os.environ.get("ZLAB", "/var/tmp/zinspect-lab") + "/kernel-release").read().strip(),
    "archive": f"{name}.tar.zst",
    "truth": f"{name}.truth.tar.zst",
    "vdev_files": [{"file": f"{name}/{f}", "size": os.path.getsize(f"{work}/{name}/{f}")}
                   for f in sorted(os.listdir(f"{work}/{name}")) if os.path.isfile(f"{work}/{name}/{f}")],
    "keys": [dict(zip(("dataset", "key"), l.split(" ", 1))) for l in
             open(f"{work}/{name}.ctl/keys").read().splitlines()],
    "import_options": head.get("import", ""),
    "recipe": text.splitlines(),
    "pools": {},
}


def rows(path, n):
    try:
        with open(path, errors="replace") as f:
            return [l.rstrip("\n").split("\t") for l in f if l.count("\t") >= n - 1]
    except FileNotFoundError:
        return []


for p in pools:
    for variant in ("", ".imported"):
        t = f"{work}/{name}.truth/{p}{variant}"
        if not os.path.exists(f"{t}/summary.json"):
            continue
        summ = json.load(open(f"{t}/summary.json"))
        lst = rows(f"{t}/zfs-list.txt", 11)
        d = {
            "datasets": [dict(zip(("name", "type", "guid", "createtxg", "used", "refer", "available",
                                   "logicalused", "logicalreferenced", "origin", "objsetid"), r)) for r in lst],
            "zpool_get": {r[1]: r[2] for r in rows(f"{t}/zpool-get.txt", 3)},
            "zfs_get": {},
            "volumes": summ["volumes"],
            "filesystems": summ["filesystems"],
            "files": {},
        }
        for r in rows(f"{t}/zfs-get.txt", 4):
            if r[3] in ("local", "received") or r[1] in (
                    "used", "referenced", "compressratio", "creation", "createtxg", "guid", "objsetid",
                    "usedbysnapshots", "usedbydataset", "usedbychildren", "usedbyrefreservation",
                    "written", "logicalused", "logicalreferenced", "origin", "clones", "userrefs",
                    "defer_destroy", "encryption", "keystatus", "encryptionroot", "volsize"):
                d["zfs_get"].setdefault(r[0], {})[r[1]] = r[2]
        n = 0
        for l in open(f"{t}/files.jsonl"):
            e = json.loads(l)
            if "sha256" in e:
                n += 1
                if n <= LIMIT:
                    d["files"].setdefault(e["ds"], {})[e["path"]] = e["sha256"]
        if n > LIMIT:
            d["files"] = f"{n} files: see files.jsonl in {name}.truth.tar.zst"
        doc["pools"][p + variant] = d
json.dump(doc, open(out, "w"), indent=1, ensure_ascii=True)
open(out, "a").write("\n")
