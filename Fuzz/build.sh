#!/bin/bash
# Builds one libFuzzer harness, Fuzz/NAME, with the address sanitizer, and prints where it is.
#
# SwiftPM can build our modules for the fuzzer but can't link a program whose main function is
# libFuzzer's, so that is done here.
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?usage: Fuzz/build.sh NAME}
swift=${SWIFT:-swift}
scratch=.build/fuzz
flags=(--scratch-path "$scratch" --sanitize fuzzer --sanitize address)
log=$scratch/$name.log
mkdir -p "$scratch"

# Everything that a harness may import, each with what it needs.
for target in Report Verify Repair Extract Files Datasets; do
	[ -d "Sources/$target" ] || continue
	"$swift" build "${flags[@]}" --target "$target" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
done
products=$("$swift" build "${flags[@]}" --show-bin-path)

imports=()
for map in Sources/System/*/module.modulemap "$products"/*.build/module.modulemap \
	"$scratch"/checkouts/*/Sources/*/include/module.modulemap; do
	[ ! -f "$map" ] || imports+=(-Xcc "-fmodule-map-file=$PWD/${map#"$PWD"/}")
done
mapfile -t objects < <(find "$products" -path '*.build/*' -name '*.o' \
	! -path '*Tests.build/*' ! -path '*-tool.build/*' ! -path '*/zinspect*.build/*' \
	! -path '*/TestSupport.build/*')
package=$(basename "$PWD" | tr '[:upper:]' '[:lower:]')

"${swift}c" -Onone -g -parse-as-library -swift-version 6 -strict-memory-safety \
	-sanitize=fuzzer,address -use-ld=lld -module-name "Fuzz$name" -package-name "$package" \
	-I "$products/Modules" "${imports[@]}" Fuzz/Support/*.swift "Fuzz/$name"/*.swift \
	"${objects[@]}" -llz4 -lzstd -lcrypto -lz -o "$scratch/fuzz-$name" >"$log" 2>&1 ||
	{ cat "$log" >&2; exit 1; }
echo "$scratch/fuzz-$name"
